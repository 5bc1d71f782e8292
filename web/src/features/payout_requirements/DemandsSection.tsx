import { Button, Checkbox, Group, Paper, Select, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { FormError } from "~/ui/FormError";
import { ErrorState } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";
import { BILLERS, type BilledBy, type Demands, demandOfAll, demandsQuery, REQUIREMENTS } from "./model";

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
      {data && <DemandsForm key={`${data.requires.join()} ${data.billed_by}`} known={data} />}
    </Paper>
  );
}

function DemandsForm({ known }: { known: Demands }) {
  const { t } = useTranslation("on_file");
  const { t: invoices } = useTranslation("own_invoices");
  const word = useWords();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(known.requires);
  const [biller, setBiller] = useState<BilledBy>(known.billed_by ?? "self_billing");
  const requires = REQUIREMENTS.filter((each) => chosen.includes(each));
  const isChanged =
    requires.join() !== known.requires.join() || biller !== (known.billed_by ?? "self_billing");
  const save = useMutation({
    mutationFn: () => demandOfAll({ requires, billed_by: biller }),
    onSuccess: async () => {
      await Promise.all(
        ["payout-requirements", "own-invoices", "owed", "balance"].map((key) =>
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
        <Select
          label={invoices("who")}
          description={invoices("who_help")}
          data={BILLERS.map((each) => ({ value: each, label: word("billed_by", each) }))}
          value={biller}
          onChange={(choice) => setBiller((choice as BilledBy | null) ?? biller)}
          allowDeselect={false}
        />
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {requires.length === 0 ? t("demands.none") : t("demands.some")}
          </Text>
          <Button type="submit" disabled={!isChanged} loading={save.isPending}>
            {t("demands.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
