import { Button, Checkbox, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { FormError } from "~/ui/FormError";
import { ErrorState } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";
import { demandOfAll, demandsQuery, REQUIREMENTS, type Requirement } from "./model";

/** What every partner has to have on file before it is paid. */
export function DemandsSection() {
  const { t } = useTranslation("on_file");
  const { data, error, refetch } = useQuery(demandsQuery);
  return (
    <Paper withBorder p="lg" maw={640} mt="md" component="section">
      <Title order={2} size="h4" mb="xs">
        {t("demands.title")}
      </Title>
      {error && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && data === undefined && <SkeletonBlock height={120} />}
      {data && <DemandsForm key={data.join()} known={data} />}
    </Paper>
  );
}

function DemandsForm({ known }: { known: readonly Requirement[] }) {
  const { t } = useTranslation("on_file");
  const word = useWords();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(known);
  const requires = REQUIREMENTS.filter((each) => chosen.includes(each));
  const save = useMutation({
    mutationFn: () => demandOfAll(requires),
    onSuccess: async () => {
      await Promise.all(
        ["payout-requirements", "owed", "balance"].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      );
      notifyDone(t("demands.saved"));
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="sm">
        <FormError error={save.error} />
        <Checkbox.Group
          label={t("demands.label")}
          description={t("demands.help")}
          value={[...chosen]}
          onChange={setChosen}
        >
          <Stack gap="xs" mt="xs">
            {REQUIREMENTS.map((each) => (
              <Checkbox key={each} value={each} label={word("payout_requirement", each)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {requires.length === 0 ? t("demands.none") : t("demands.some")}
          </Text>
          <Button type="submit" disabled={requires.join() === known.join()} loading={save.isPending}>
            {t("demands.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
