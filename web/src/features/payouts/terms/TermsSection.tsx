import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { ErrorState } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { HUNDREDTHS, type PayoutFee, termsQuery } from "./api";
import { TermsDrawer } from "./TermsDrawer";

/** What transfers and being paid early cost, and who bears it. */
export function TermsSection() {
  const { t } = useTranslation("payers");
  const word = useWords();
  const { number } = useFormat();
  const [isEditing, setIsEditing] = useState(false);
  const { data, error, refetch } = useQuery(termsQuery);
  return (
    <section>
      <Group justify="space-between" mt="xl" mb="xs">
        <Title order={2} size="h4">
          {t("terms.title")}
        </Title>
        {data && (
          <Button variant="default" onClick={() => setIsEditing(true)}>
            {t("terms.change")}
          </Button>
        )}
      </Group>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonBlock height={120} />}
      {data && (
        <Card withBorder>
          <Stack gap={4}>
            <Text size="sm">{word("fee_bearer_meaning", data.fee_bearer)}</Text>
            <Text size="sm">
              {data.early_share_bp == null
                ? t("terms.no_early")
                : t("terms.early_costs", { share: number(data.early_share_bp / HUNDREDTHS) })}
            </Text>
            {data.fees.length === 0 && (
              <Text size="sm" c="dimmed">
                {t("terms.no_fees")}
              </Text>
            )}
            {data.fees.map((fee) => (
              <FeeLine key={`${fee.method} ${fee.currency}`} fee={fee} />
            ))}
          </Stack>
        </Card>
      )}
      {isEditing && data && <TermsDrawer known={data} onClose={() => setIsEditing(false)} />}
    </section>
  );
}

function FeeLine({ fee }: { fee: PayoutFee }) {
  const { t } = useTranslation("payers");
  const word = useWords();
  const { money, number } = useFormat();
  const parts = [
    ...(fee.fixed_minor > 0 ? [money({ minor: fee.fixed_minor, currency: fee.currency })] : []),
    ...(fee.share_bp > 0 ? [`${number(fee.share_bp / HUNDREDTHS)} %`] : []),
  ];
  return (
    <Text size="sm">
      {t("terms.fee", {
        method: word("payout_method", fee.method),
        currency: fee.currency,
        fee: parts.join(" + ") || money({ minor: 0, currency: fee.currency }),
      })}
    </Text>
  );
}
