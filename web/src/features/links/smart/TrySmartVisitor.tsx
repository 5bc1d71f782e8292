import { Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { useFormat } from "~/ui/format";
import { TrialOutcome, Verdict } from "../try/TrialOutcome";
import { Trying } from "../try/TryVisitor";

const WHOLE_PPM = 1_000_000;

interface Props {
  linkId: string;
  nameOf: (offerId: string) => string;
}

/** An imagined visitor of a smart link: which offers it may get, and what would follow. */
export function TrySmartVisitor({ linkId, nameOf }: Props) {
  return (
    <Trying
      ask={async (body) => {
        const params = { path: { id: linkId } };
        return bodyOf(await client.POST("/v1/smart-links/{id}/try", { params, body }));
      }}
      show={({ members, trial }) => (
        <Stack gap="md">
          <Members members={members} nameOf={nameOf} />
          <TrialOutcome outcome={trial} />
        </Stack>
      )}
    />
  );
}

interface MembersProps {
  members: Schemas["SmartMemberTrial"][];
  nameOf: (offerId: string) => string;
}

function Members({ members, nameOf }: MembersProps) {
  const { t } = useTranslation("targeting");
  const { percent } = useFormat();
  const word = useWords();
  const chosen = members.find(({ is_chosen }) => is_chosen);
  const said = ({ reason, chance_ppm }: Schemas["SmartMemberTrial"]) =>
    chance_ppm
      ? t("try.chance", { chance: percent(chance_ppm / WHOLE_PPM) })
      : reason
        ? word("click_reason", reason)
        : t("try.silent");
  return (
    <Stack gap={4} aria-live="polite">
      <Title order={4}>{t("try.members")}</Title>
      {members.map((member) => (
        <Verdict key={member.offer_id} isGood={Boolean(member.chance_ppm)} label={said(member)}>
          <Text size="sm" fw={member.is_chosen ? 600 : undefined} translate="no">
            {nameOf(member.offer_id)}
          </Text>
        </Verdict>
      ))}
      {chosen && (
        <Text size="sm" c="dimmed" translate="no">
          {t("try.follows", { offer: nameOf(chosen.offer_id) })}
        </Text>
      )}
    </Stack>
  );
}
