import { Button, Group, List, Select, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { StatusChip } from "~/ui/StatusChip";
import { notifyDone } from "~/ui/Toast";
import { ladderQuery, type Rung } from "./queries";

/** Who stood on which rung in seven days, and whom a higher one would shut out. */
export function TrustLadder({ advertiserId }: { advertiserId: string }) {
  const { t } = useTranslation("doctor");
  const word = useWords();
  const { number } = useFormat();
  const mayEdit = useMay("advertisers:write");
  const { data: ladder, error, refetch } = useQuery(ladderQuery(advertiserId));
  if (error && !ladder) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!ladder) return <SkeletonLines lines={6} />;
  return (
    <Section title={t("ladder.title")} hint={t("ladder.hint")}>
      <Table.ScrollContainer minWidth={420}>
        <Table aria-label={t("ladder.title")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("ladder.rung")}</Table.Th>
              <Table.Th ta="end">{t("ladder.calls")}</Table.Th>
              <Table.Th ta="end">{t("ladder.refused")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ladder.rungs.map((rung) => (
              <Table.Tr key={rung.rung}>
                <Table.Td>
                  <Group gap="xs">
                    {word("receipt_trust", rung.rung)}
                    {rung.rung === ladder.min_trust && <StatusChip tone="good" label={t("ladder.asked")} />}
                  </Group>
                </Table.Td>
                <Table.Td ta="end">{number(rung.calls)}</Table.Td>
                <Table.Td ta="end">{number(rung.would_be_refused)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {mayEdit && (
        <AskFor
          key={ladder.min_trust}
          advertiserId={advertiserId}
          rungs={ladder.rungs.map(({ rung }) => rung)}
          asked={ladder.min_trust}
        />
      )}
    </Section>
  );
}

interface AskProps {
  advertiserId: string;
  rungs: readonly Rung[];
  asked: Rung;
}

/** Asks for another rung, once the person has seen what it would have done. */
function AskFor({ advertiserId, rungs, asked }: AskProps) {
  const { t } = useTranslation("doctor");
  const word = useWords();
  const { number } = useFormat();
  const queries = useQueryClient();
  const [wanted, setWanted] = useState<Rung>(asked);
  const [seen, setSeen] = useState<Schemas["DryLook"] | null>(null);
  const params = { path: { id: advertiserId } };
  const look = useMutation({
    mutationFn: async () =>
      bodyOf(await client.POST("/v1/advertisers/{id}/ladder/try", { params, body: { min_trust: wanted } })),
    onSuccess: setSeen,
  });
  const ask = async () => {
    await client.PATCH("/v1/advertisers/{id}", { params, body: { min_trust: wanted } });
    await queries.invalidateQueries({ queryKey: ["advertisers"] });
    notifyDone(t("ladder.done"));
  };
  return (
    <Stack gap="xs" align="flex-start" mt="sm">
      <FormError error={look.error} />
      <Group align="flex-end" gap="sm">
        <Select
          label={t("ladder.ask")}
          value={wanted}
          onChange={(rung) => setWanted(rungs.find((known) => known === rung) ?? asked)}
          data={rungs.map((rung) => ({ value: rung, label: word("receipt_trust", rung) }))}
          allowDeselect={false}
        />
        <Button
          variant="default"
          disabled={wanted === asked}
          loading={look.isPending}
          onClick={() => look.mutate()}
        >
          {t("ladder.look")}
        </Button>
      </Group>
      <ConfirmDialog
        opened={seen !== null}
        onClose={() => setSeen(null)}
        title={t("ladder.title_of_change", { rung: word("receipt_trust", wanted) })}
        confirmLabel={t("ladder.confirm")}
        danger={(seen?.would_be_refused ?? 0) > 0}
        onConfirm={ask}
      >
        {seen && (
          <Stack gap="xs">
            <Text>
              {t("ladder.effect", { calls: number(seen.calls), refused: number(seen.would_be_refused) })}
            </Text>
            <List size="sm">
              {seen.shut_out.map((one) => (
                <List.Item key={`${one.remote_ip} ${one.trust} ${one.door}`} translate="no">
                  {t("ladder.shut_out", {
                    calls: number(one.calls),
                    address: one.remote_ip,
                    trust: word("receipt_trust", one.trust),
                    reason: word("conversion_reason", one.reason),
                  })}
                </List.Item>
              ))}
            </List>
          </Stack>
        )}
      </ConfirmDialog>
    </Stack>
  );
}
