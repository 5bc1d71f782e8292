import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { MoneyInput } from "~/ui/FigureInputs";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { ErrorState } from "~/ui/Page";
import { fieldErrors } from "~/ui/problems";
import { SkeletonBlock } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";

const limitQuery = queryOptions({
  queryKey: ["adjustments", "limit"],
  queryFn: async ({ signal }) =>
    bodyOf(await client.GET("/v1/adjustment-limit", { signal })).limit_minor ?? null,
});

/** How much one person may adjust alone; above it takes a second one. */
export function AdjustmentLimit() {
  const { t } = useTranslation("adjustments");
  const { data, error, refetch } = useQuery(limitQuery);
  return (
    <Paper withBorder p="lg" maw={640} mt="md" component="section">
      <Title order={2} size="h4" mb="xs">
        {t("limit.title")}
      </Title>
      {error && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && data === undefined && <SkeletonBlock height={80} />}
      {data !== undefined && <LimitForm key={data ?? "none"} known={data} />}
    </Paper>
  );
}

function LimitForm({ known }: { known: number | null }) {
  const { t } = useTranslation("adjustments");
  const { money } = useFormat();
  const queries = useQueryClient();
  const currency = useMe().workspace.reporting_currency;
  const [limit, setLimit] = useState(known);
  const save = useMutation({
    mutationFn: async () =>
      bodyOf(await client.PUT("/v1/adjustment-limit", { body: { limit_minor: limit } })),
    onSuccess: () => {
      queries.setQueryData(limitQuery.queryKey, limit);
      notifyDone(t("limit.saved"));
    },
  });
  const errors = save.error ? fieldErrors(save.error) : {};
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
        <MoneyInput
          label={t("limit.label")}
          description={t("limit.help")}
          value={limit}
          onChange={setLimit}
          currency={currency}
          error={errors.limit_minor}
        />
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {limit === null
              ? t("limit.none")
              : t("limit.above", { amount: money({ minor: limit, currency }) })}
          </Text>
          <Button type="submit" disabled={limit === known} loading={save.isPending}>
            {t("limit.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
