import { Badge, Button, FileButton, Group, Stack, Table, Text } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { SettingsFrame } from "~/features/workspaces/SettingsFrame";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { EmptyState, ErrorState, Section } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";
import { RateDrawer } from "./RateDrawer";

const DAYS_SHOWN = 60;

export const currenciesQuery = queryOptions({
  queryKey: ["currencies"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/currencies", { signal })),
});

/** Units that are money here, and what currencies are worth by day. */
export default function CurrenciesPage() {
  const { t } = useTranslation("currencies");
  const word = useWords();
  const { number } = useFormat();
  const queries = useQueryClient();
  const maySet = useMay("rates:write");
  const [isSetting, setIsSetting] = useState(false);
  const { data, error, refetch, isPending } = useQuery(currenciesQuery);
  const changed = () => queries.invalidateQueries({ queryKey: currenciesQuery.queryKey });
  const bring = useMutation({
    mutationFn: async (file: File) =>
      bodyOf(await client.POST("/v1/currencies/rates/file", { body: { csv: await file.text() } })),
    onSuccess: async (brought) => {
      await changed();
      notifyDone(
        t("brought", { count: brought.rates, shown: number(brought.rates), last: brought.last_day }),
      );
    },
  });
  const register = useMutation({
    mutationFn: async (code: string) => bodyOf(await client.POST("/v1/currencies/units", { body: { code } })),
    onSuccess: changed,
  });
  const action = maySet && (
    <Group gap="xs">
      <FileButton accept=".csv,text/csv" onChange={(file) => file && bring.mutate(file)}>
        {(props) => (
          <Button {...props} variant="default" loading={bring.isPending}>
            {t("bring")}
          </Button>
        )}
      </FileButton>
      <Button onClick={() => setIsSetting(true)}>{t("by_hand")}</Button>
    </Group>
  );
  return (
    <SettingsFrame page="currencies" subtitle={t("subtitle")} action={action}>
      <Stack gap="xl">
        <FormError error={bring.error ?? register.error} />
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {isPending && <SkeletonLines lines={6} />}
        {data && (
          <Section title={t("units")} hint={t("units_hint")}>
            <Group gap="xs">
              {data.units.map((unit) =>
                unit.is_registered ? (
                  <Badge key={unit.code} variant="light" size="lg">
                    {t("unit", { code: unit.code, decimals: unit.decimals })}
                  </Badge>
                ) : (
                  <Button
                    key={unit.code}
                    variant="default"
                    size="xs"
                    disabled={!maySet || register.isPending}
                    onClick={() => register.mutate(unit.code)}
                  >
                    {t("register", { code: unit.code })}
                  </Button>
                ),
              )}
            </Group>
          </Section>
        )}
        {data && (
          <Section title={t("rates")} hint={t("rates_hint")}>
            {data.rates.length === 0 ? (
              <EmptyState title={t("empty")} text={t("empty_text")} />
            ) : (
              <Table.ScrollContainer minWidth={420}>
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t("column.day")}</Table.Th>
                      <Table.Th>{t("column.currency")}</Table.Th>
                      <Table.Th ta="end">{t("column.per_euro")}</Table.Th>
                      <Table.Th>{t("column.source")}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {data.rates.slice(0, DAYS_SHOWN).map((rate) => (
                      <Table.Tr key={`${rate.day} ${rate.currency}`}>
                        <Table.Td>{rate.day}</Table.Td>
                        <Table.Td>{rate.currency}</Table.Td>
                        <Table.Td ta="end">
                          <Text span ff="monospace" size="sm">
                            {rate.per_euro}
                          </Text>
                        </Table.Td>
                        <Table.Td>{word("rate_source", rate.source)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            )}
          </Section>
        )}
      </Stack>
      {isSetting && <RateDrawer onClose={() => setIsSetting(false)} onSaved={changed} />}
    </SettingsFrame>
  );
}
