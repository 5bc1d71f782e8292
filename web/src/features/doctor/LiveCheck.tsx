import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "~/ui/Page";
import { ErrorState } from "~/ui/States";
import { When } from "~/ui/When";
import { CallLine } from "./CallLine";
import classes from "./doctor.module.css";
import { latestQuery } from "./queries";

const SHOWN = 8;

/** The calls as they come in, each with what became of it. */
export function LiveCheck({ advertiserId }: { advertiserId: string }) {
  const { t } = useTranslation("doctor");
  const [since, setSince] = useState<string>();
  const { data, error, refetch } = useQuery(latestQuery(advertiserId, since));
  const fresh = (
    <Button
      variant="default"
      size="xs"
      title={t("live.fresh_help")}
      onClick={() => setSince(new Date().toISOString())}
    >
      {t("live.fresh")}
    </Button>
  );
  return (
    <Section title={t("live.title")} hint={t("live.hint")} action={fresh}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      <div role="status" aria-live="polite">
        {data?.length ? (
          <Stack gap={0} component="ul" className={classes.list}>
            {data.slice(0, SHOWN).map((call) => (
              <CallLine
                key={call.receipt_id ?? `${call.at} ${call.reason} ${call.advice}`}
                call={call}
                when={<When value={call.at} as="ago" />}
                title={call.outcome === "taken" ? t("live.received") : t("live.refused")}
              />
            ))}
          </Stack>
        ) : (
          <Group gap="xs">
            <Loader size="xs" aria-hidden />
            <Text>{t("live.waiting")}</Text>
          </Group>
        )}
      </div>
    </Section>
  );
}
