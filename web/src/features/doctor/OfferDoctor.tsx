import { Accordion, Alert, Anchor, Button, Group, Stack, Switch, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconStethoscope,
  type TablerIcon,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useMay, useMe, workplaceOf } from "~/domain/person";
import { useWords, wordOf } from "~/domain/words";
import type { Offer } from "~/features/offers/model";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { EmptyState, Section } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import classes from "./doctor.module.css";
import { type Checkup, doctorQuery, useLook, useWatch } from "./queries";

type Found = Schemas["HopFound"];

const ICONS: Record<Found["state"], TablerIcon> = {
  sound: IconCircleCheck,
  broken: IconAlertTriangle,
  skipped: IconCircleMinus,
};

/** A hop's reason, which is a code of the list that its kind of trouble has. */
function reasonOf(found: Found): string | null {
  if (!found.reason) return null;
  if (found.hop === "domain") return wordOf("domain_finding", found.reason);
  if (found.hop === "click" && found.reason !== "not_redirected") return wordOf("click_reason", found.reason);
  const own = ["api_only", "no_signing_key", "deferred", "no_calls", "came_not_so_far"];
  const isVerdict = (found.hop === "conversion" || found.hop === "calls") && !own.includes(found.reason);
  return wordOf(isVerdict ? "conversion_reason" : "checkup_reason", found.reason);
}

/** Whether the offer's tracking holds, from the link to the booking. */
export function OfferDoctor({ offer }: { offer: Pick<Offer, "id" | "advertiser_id"> }) {
  const { t } = useTranslation("doctor");
  const mayLook = useMay("receipts:write");
  const { data, error, refetch } = useQuery(doctorQuery(offer.id));
  const look = useLook(offer.id);
  const watch = useWatch(offer.id);
  const isStaff = workplaceOf(useMe().role) === "staff";
  const [last, ...earlier] = data?.checkups ?? [];
  const action = mayLook && (
    <Button
      leftSection={<IconStethoscope size={16} aria-hidden />}
      loading={look.isPending}
      onClick={() => look.mutate()}
    >
      {t("offer.look")}
    </Button>
  );
  return (
    <Section title={t("offer.title")} hint={t("offer.hint")} action={action}>
      <Stack gap="md">
        <FormError error={look.error ?? watch.error} />
        {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonLines lines={6} />}
        {data && !last && <EmptyState title={t("offer.never")} text={t("offer.never_text")} />}
        {last && <Look checkup={last} />}
        {last && (
          <Group justify="space-between" gap="sm">
            {mayLook && (
              <Switch
                label={t("offer.daily")}
                checked={data?.is_watched ?? false}
                onChange={(event) => watch.mutate(event.currentTarget.checked)}
              />
            )}
            {isStaff ? (
              <Anchor component={Link} to={`/advertisers/${offer.advertiser_id}`}>
                {t("offer.connect")}
              </Anchor>
            ) : (
              <Anchor component={Link} to="/connection">
                {t("offer.connect")}
              </Anchor>
            )}
          </Group>
        )}
        {earlier.length > 0 && <Earlier checkups={earlier} />}
      </Stack>
    </Section>
  );
}

function useOutcome(): (checkup: Checkup) => string {
  const { t } = useTranslation("doctor");
  const word = useWords();
  return ({ broken_hop }) =>
    broken_hop ? t("offer.broken", { hop: word("checkup_hop", broken_hop) }) : t("offer.sound");
}

function Look({ checkup }: { checkup: Checkup }) {
  const { t } = useTranslation("doctor");
  const { timeAgo } = useFormat();
  const outcome = useOutcome();
  return (
    <Stack gap="xs">
      <Alert
        role="status"
        color={checkup.broken_hop ? "red" : "green"}
        icon={checkup.broken_hop ? <IconAlertTriangle aria-hidden /> : <IconCircleCheck aria-hidden />}
        title={outcome(checkup)}
      >
        {t("offer.at", { ago: timeAgo(checkup.at) })}
      </Alert>
      <ol className={classes.list}>
        {checkup.hops.map((found) => (
          <HopLine key={found.hop} found={found} />
        ))}
      </ol>
    </Stack>
  );
}

function HopLine({ found }: { found: Found }) {
  const word = useWords();
  const Icon = ICONS[found.state];
  const reason = reasonOf(found);
  return (
    <li className={classes.hop}>
      <Icon size={20} aria-hidden />
      <div>
        <Text fw={500}>
          {word("checkup_hop", found.hop)}: {word("hop_state", found.state)}
        </Text>
        {reason && <Text>{reason}</Text>}
        {found.advice && <Text>{word("call_advice", found.advice)}</Text>}
        {found.detail && (
          <Text size="sm" c="dimmed" className={classes.detail} translate="no">
            {found.detail}
          </Text>
        )}
      </div>
    </li>
  );
}

function Earlier({ checkups }: { checkups: readonly Checkup[] }) {
  const { t } = useTranslation("doctor");
  const { dateTime } = useFormat();
  const outcome = useOutcome();
  return (
    <Accordion variant="contained">
      <Accordion.Item value="earlier">
        <Accordion.Control>{t("offer.history")}</Accordion.Control>
        <Accordion.Panel>
          <ul className={classes.list}>
            {checkups.map((checkup) => (
              <li key={checkup.id}>
                <Text size="sm">
                  {dateTime(checkup.at)}: {outcome(checkup)}
                </Text>
              </li>
            ))}
          </ul>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
