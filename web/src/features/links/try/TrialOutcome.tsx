import { Alert, Group, Stack, Text, Title } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { usePhrase } from "~/domain/targeting/summary";
import { useWords } from "~/domain/words";
import { KeyValues } from "~/ui/KeyValues";

type Outcome = Schemas["TrialOut"];

/** The decision first, then each condition and step, then what was seen. */
export function TrialOutcome({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation("targeting");
  const word = useWords();
  const reason = outcome.reason ? word("click_reason", outcome.reason) : "";
  const isThrough = outcome.destination === "landing";
  const verdict = isThrough
    ? outcome.reason
      ? t("try.marked", { reason })
      : t("try.through")
    : t("try.turned_away", { reason });
  return (
    <Stack gap="md" aria-live="polite">
      <Alert variant="light" color={isThrough ? "teal" : "red"} title={verdict}>
        <Text size="sm">
          {t("try.destination")}: {word("destination", outcome.destination)}
        </Text>
        {outcome.location && (
          <Text size="sm" ff="monospace" style={{ overflowWrap: "anywhere" }} translate="no">
            {outcome.location}
          </Text>
        )}
      </Alert>
      {outcome.conditions.length > 0 && <Conditions conditions={outcome.conditions} />}
      <Steps steps={outcome.steps} />
      <Seen seen={outcome.seen} />
    </Stack>
  );
}

function Conditions({ conditions }: { conditions: Outcome["conditions"] }) {
  const { t } = useTranslation("targeting");
  const phrase = usePhrase();
  const word = useWords();
  return (
    <Stack gap={4}>
      <Title order={4}>{t("try.conditions")}</Title>
      {conditions.map(({ of, place, condition, lets_through, spoke }) => (
        <Verdict
          key={`${of} ${place}`}
          isGood={lets_through}
          label={lets_through ? t("try.passes") : t("try.refuses")}
        >
          <Text size="sm" fw={spoke ? 600 : undefined} translate="no">
            {word("targeting_mode", condition.mode)}: {phrase(condition)}
          </Text>
        </Verdict>
      ))}
    </Stack>
  );
}

function Steps({ steps }: { steps: Outcome["steps"] }) {
  const { t } = useTranslation("targeting");
  const word = useWords();
  return (
    <Stack gap={4}>
      <Title order={4}>{t("try.steps")}</Title>
      {steps.map(({ step, reason }) => (
        <Verdict key={step} isGood={!reason} label={reason ? word("click_reason", reason) : t("try.silent")}>
          <Text size="sm">{word("redirect_step", step)}</Text>
        </Verdict>
      ))}
    </Stack>
  );
}

export function Verdict({
  isGood,
  label,
  children,
}: {
  isGood: boolean;
  label: string;
  children: React.ReactNode;
}) {
  const Icon = isGood ? IconCheck : IconX;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Icon
        size={16}
        style={{ flexShrink: 0 }}
        aria-hidden
        color={`var(--ui-${isGood ? "good" : "bad"}-fg)`}
      />
      {children}
      <Text size="sm" c="dimmed">
        {label}
      </Text>
    </Group>
  );
}

function Seen({ seen }: { seen: Outcome["seen"] }) {
  const { t } = useTranslation("targeting");
  const word = useWords();
  const together = (...texts: string[]) => texts.filter(Boolean).join(" ") || t("try.unknown");
  const proxy = seen.proxy?.map((kind) => word("proxy_kind", kind)).join(", ");
  const items = [
    { label: word("targeting_field", "country"), value: together(seen.country) },
    { label: word("targeting_field", "region"), value: together(seen.region, seen.region_code) },
    { label: word("targeting_field", "city"), value: together(seen.city) },
    { label: word("targeting_field", "language"), value: together(seen.language) },
    {
      label: word("targeting_field", "device"),
      value: seen.device ? word("device", seen.device) : t("try.unknown"),
    },
    { label: word("targeting_field", "brand"), value: together(seen.brand) },
    { label: word("targeting_field", "os"), value: together(seen.os, seen.os_version) },
    { label: word("targeting_field", "browser"), value: together(seen.browser, seen.browser_version) },
    {
      label: word("targeting_field", "connection"),
      value: seen.connection ? word("connection", seen.connection) : t("try.unknown"),
    },
    {
      label: word("targeting_field", "network_owner"),
      value: together(seen.network_owner, seen.asn ? `AS${seen.asn}` : ""),
    },
    {
      label: word("targeting_field", "proxy"),
      value: seen.proxy ? proxy || word("proxy_kind", "none") : t("try.unknown"),
    },
  ];
  return (
    <Stack gap="xs" translate="no">
      <Title order={4}>{t("try.seen")}</Title>
      <KeyValues items={items} />
    </Stack>
  );
}
