import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { StatusChip } from "~/ui/StatusChip";
import classes from "./doctor.module.css";
import type { Call } from "./queries";

/** A parameter and its value, as the API lists them. */
function parametersOf(call: Call): string {
  return call.params.map(([name, value]) => `${name}=${value}`).join("  ");
}

/** One call or many alike: what became of it, what to do, and what it said. */
export function CallLine({ call, when, title }: { call: Call; when: ReactNode; title?: string }) {
  const { t } = useTranslation("doctor");
  const word = useWords();
  const taken = call.outcome === "taken";
  const reason = call.reason && call.reason !== "test" ? word("conversion_reason", call.reason) : null;
  return (
    <Stack gap={4} component="li" className={classes.call}>
      <Group gap="xs">
        <StatusChip tone={taken ? "good" : "bad"} label={title ?? word("call_outcome", call.outcome)} />
        {call.is_test && <StatusChip tone="test" label={t("live.test")} />}
        {reason && <Text fw={500}>{reason}</Text>}
        <Text size="sm" c="dimmed">
          {when}
        </Text>
      </Group>
      {call.advice && <Text>{word("call_advice", call.advice)}</Text>}
      <Text size="sm" c="dimmed" translate="no">
        {[
          word("receipt_door", call.door),
          call.dialect ? word("dialect", call.dialect) : null,
          call.trust ? word("receipt_trust", call.trust) : null,
          t("live.from", { address: call.remote_ip }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </Text>
      {call.params.length > 0 && (
        <details className={classes.said}>
          <summary>{t("live.said")}</summary>
          <code translate="no">{parametersOf(call)}</code>
          <Text size="sm" translate="no">
            {call.message}
          </Text>
        </details>
      )}
    </Stack>
  );
}
