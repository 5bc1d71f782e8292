import { Button, Center, Code, Stack, Text, Title } from "@mantine/core";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { OFFLINE, Problem, UNLOADED } from "~/api/problem";
import { refusalText } from "~/domain/refusals";

/** What stands in a page's place when it could not be shown: what happened, what to try, the reference. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation("frame");
  const router = useRouter();
  const problem = Problem.of(error);
  const isUnloaded = problem.code === UNLOADED;
  const isOffline = problem.code === OFFLINE || (isUnloaded && !navigator.onLine);
  const again = () => {
    // What did not load once is not asked for again by the same document.
    if (isUnloaded) return window.location.reload();
    reset();
    void router.invalidate();
  };
  return (
    <Center mih="60vh" p="md">
      <Stack align="center" gap="sm" maw={460} role="alert">
        <Title order={1}>{isOffline ? t("failed.offline") : t("failed.title")}</Title>
        <Text c="dimmed" ta="center">
          {isOffline ? t("failed.offline_text") : isUnloaded ? t("failed.unloaded") : refusalText(problem)}
        </Text>
        {problem.reference && (
          <Text fz="sm" c="dimmed">
            {t("failed.reference")} <Code>{problem.reference}</Code>
          </Text>
        )}
        <Button onClick={again} mt="sm">
          {t("failed.again")}
        </Button>
      </Stack>
    </Center>
  );
}
