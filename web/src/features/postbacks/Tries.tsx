import { Code, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useFormat } from "~/ui/format";
import { useErrorWord } from "./useErrorWord";

/** Each request and its answer, newest first. */
export function Tries({ tries }: { tries: readonly Schemas["TryOut"][] }) {
  const { t } = useTranslation("postbacks");
  if (tries.length === 0) return <Text c="dimmed">{t("log.no_tries")}</Text>;
  return (
    <Stack gap="lg">
      {tries.map((one) => (
        <OneTry key={one.id} one={one} />
      ))}
    </Stack>
  );
}

function OneTry({ one }: { one: Schemas["TryOut"] }) {
  const { t } = useTranslation("postbacks");
  const { dateTime } = useFormat();
  const errorWord = useErrorWord();
  const answer = [one.status, one.answer].filter(Boolean).join(" ");
  return (
    <Stack gap={4} component="section" aria-label={t("log.try", { at: dateTime(one.at, true) })}>
      <Text size="sm" fw={600}>
        {dateTime(one.at, true)}, {t("log.took", { ms: one.took_ms })}
        {one.error && `: ${errorWord(one.error)}`}
      </Text>
      <Words label={t("log.sent")} text={`${one.method} ${one.url}`} />
      {one.body && <Words label={t("log.body")} text={one.body} />}
      {answer && <Words label={t("log.came_back")} text={answer} />}
    </Stack>
  );
}

function Words({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Code block translate="no" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {text}
      </Code>
    </div>
  );
}
