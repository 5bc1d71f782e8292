import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ErrorState } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { fetchReceipts } from "./api";
import { ReceiptSaid } from "./ReceiptSaid";

const SHOWN_MAX = 50;

/** Every call that spoke of the conversion, the first one first. */
export function ReceiptsOf({ conversionId }: { conversionId: string }) {
  const { t } = useTranslation("conversions");
  const { data, error, refetch } = useQuery({
    queryKey: ["receipts", "of", conversionId],
    queryFn: ({ signal }) => fetchReceipts({ conversion_id: conversionId }, undefined, signal, SHOWN_MAX),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={3} />;
  if (data.items.length === 0) return <Text c="dimmed">{t("receipt.none")}</Text>;
  return (
    <Stack gap="lg">
      {[...data.items].reverse().map((receipt) => (
        <ReceiptSaid key={receipt.receipt_id} receipt={receipt} />
      ))}
    </Stack>
  );
}
