import { Checkbox, Group, Paper, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { shortId } from "~/features/conversions/model";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { KeyValues } from "~/ui/KeyValues";
import { ErrorState, Section } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonBlock } from "~/ui/Skeletons";
import { StatusChip } from "~/ui/StatusChip";
import { When } from "~/ui/When";
import { AnswerAppeal } from "./AnswerAppeal";
import { DecideForm } from "./DecideForm";
import { requestQuery, type ScrubRequest } from "./model";
import { STATE_TONES, useScrubWords } from "./useScrubWords";

type One = ScrubRequest["scrubs"][number];

interface Props {
  id: string;
  onClose: () => void;
}

/** One request: the evidence, its conversions, the decision on them and on appeals. */
export function RequestDrawer({ id, onClose }: Props) {
  const { t } = useTranslation("scrubs");
  const word = useWords();
  const { data, error, refetch } = useQuery(requestQuery(id));
  const mayDecide = useMay("scrubs:decide");
  const [unchosen, setUnchosen] = useState<readonly string[]>([]);
  const open = data?.scrubs.filter(({ state }) => state === "asked") ?? [];
  const chosen = open.filter((row) => !unchosen.includes(row.id));
  const toggle = (row: One) =>
    setUnchosen(unchosen.includes(row.id) ? unchosen.filter((one) => one !== row.id) : [...unchosen, row.id]);
  return (
    <SideDrawer opened onClose={onClose} size="lg" title={t("one")}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonBlock height={320} />}
      {data && (
        <Stack gap="lg">
          <KeyValues
            items={[
              { label: t("column.reason"), value: word("conversion_reason", data.reason) },
              { label: t("column.asked"), value: <When value={data.created_at} as="time" /> },
            ]}
          />
          <Section title={t("ask.evidence")}>
            <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} translate="no">
              {data.evidence}
            </Text>
          </Section>
          <Section title={t("conversions")}>
            <Stack gap="xs">
              {data.scrubs.map((row) => (
                <ScrubLine
                  key={row.id}
                  row={row}
                  isChosen={chosen.includes(row)}
                  onToggle={
                    mayDecide && row.state === "asked" && open.length > 1 ? () => toggle(row) : undefined
                  }
                />
              ))}
            </Stack>
          </Section>
          {mayDecide && open.length > 0 && (
            <DecideForm
              request={data}
              chosen={chosen}
              isAll={chosen.length === open.length}
              onDecided={() => setUnchosen([])}
            />
          )}
        </Stack>
      )}
    </SideDrawer>
  );
}

interface LineProps {
  row: One;
  isChosen: boolean;
  onToggle?: () => void;
}

function ScrubLine({ row, isChosen, onToggle }: LineProps) {
  const { t } = useTranslation("scrubs");
  const words = useScrubWords();
  const { money } = useFormat();
  const mayDecide = useMay("scrubs:decide");
  const figures = [
    row.revenue && t("line.charged", { amount: money(row.revenue) }),
    row.payout && t("line.earned", { amount: money(row.payout) }),
    row.bearer && t("line.borne", { who: words.bearer[row.bearer] }),
    row.partner_percent != null && t("line.percent", { percent: row.partner_percent }),
  ].filter(Boolean);
  const name = shortId(row.conversion_id);
  return (
    <Paper withBorder p="sm">
      <Stack gap={4}>
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            {onToggle && (
              <Checkbox
                checked={isChosen}
                onChange={onToggle}
                aria-label={t("line.choose", { conversion: name })}
              />
            )}
            <HrefLink href={`/conversions/${row.conversion_id}`}>
              <span translate="no">{name}</span>
            </HrefLink>
          </Group>
          <StatusChip tone={STATE_TONES[row.state]} label={words.state[row.state]} />
        </Group>
        <Text size="sm" c="dimmed">
          {figures.join(" · ")}
        </Text>
        {row.note && (
          <Text size="sm" translate="no">
            {row.note}
          </Text>
        )}
        {row.appeal_state && <AnswerAppeal row={row} mayAnswer={mayDecide} />}
      </Stack>
    </Paper>
  );
}
