import { Alert, Button, Group, List, Text } from "@mantine/core";
import { IconAlertTriangle, IconShieldCheck } from "@tabler/icons-react";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";

const SHOWN_MAX = 5;

const proofQuery = queryOptions({
  queryKey: ["journal", "proof"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/book/proof", { signal })),
});

/** When the book was last proven, and what differed. */
export function ProofNote() {
  const { t } = useTranslation("journal");
  const { number, dateTime } = useFormat();
  const queries = useQueryClient();
  const proof = useQuery(proofQuery).data?.proof;
  const prove = useMutation({
    mutationFn: async () => bodyOf(await client.POST("/v1/book/proof")),
    onSuccess: (last) => queries.setQueryData(proofQuery.queryKey, last),
  });
  const isWhole = proof?.is_whole ?? true;
  return (
    <Alert
      color={isWhole ? "gray" : "red"}
      icon={isWhole ? <IconShieldCheck size={18} /> : <IconAlertTriangle size={18} />}
      title={isWhole ? t("proof.whole") : t("proof.differs", { count: proof?.difference_count ?? 0 })}
      role={isWhole ? undefined : "alert"}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" component="div">
          {proof
            ? t("proof.read", {
                at: dateTime(proof.proven_at),
                entries: number(proof.entries),
                conversions: number(proof.conversions),
                payouts: number(proof.payouts),
              })
            : t("proof.never")}
        </Text>
        <Button variant="default" size="xs" loading={prove.isPending} onClick={() => prove.mutate()}>
          {t("proof.now")}
        </Button>
      </Group>
      <FormError error={prove.error} />
      {!isWhole && (
        <List size="sm" mt="xs">
          {proof?.differences.slice(0, SHOWN_MAX).map((difference) => (
            <List.Item key={`${difference.entry}${difference.subject}${difference.what}`}>
              {[difference.entry ?? difference.subject, difference.what].filter(Boolean).join(": ")}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
