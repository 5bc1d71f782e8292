import { Button, Card, Group, SimpleGrid, Text, Title } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { DemandsSection } from "~/features/payout_requirements/DemandsSection";
import { FailedLoad } from "~/frame/FailedLoad";
import { useFormat } from "~/ui/format";
import { type KeyValue, KeyValues } from "~/ui/KeyValues";
import { Page } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { TermsSection } from "../terms/TermsSection";
import { ApprovalLimit } from "./ApprovalLimit";
import { FIELDS, METHODS, type PayerMethod, type PayerOut } from "./fields";
import { PayerDrawer } from "./PayerDrawer";
import { Schedules } from "./Schedules";

const payersQuery = queryOptions({
  queryKey: ["payers"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/payout-payers", { signal })).items,
});

/** From which accounts partners are paid, and from which amount on it takes two. */
export default function PayersPage() {
  const { t } = useTranslation("payers");
  const maySet = useMay("workspace:write");
  const [editing, setEditing] = useState<PayerMethod>();
  const { data, error, refetch } = useQuery(payersQuery);
  if (error && !data) return <FailedLoad title={t("title")} error={error} onRetry={() => void refetch()} />;
  const known = (method: PayerMethod) => data?.find(({ payer }) => payer.method === method);
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <Title order={2} size="h4" mb="xs">
        {t("accounts")}
      </Title>
      {data ? (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {METHODS.map((method) => (
            <PayerCard
              key={method}
              method={method}
              known={known(method)}
              onChange={maySet ? () => setEditing(method) : undefined}
            />
          ))}
        </SimpleGrid>
      ) : (
        <SkeletonBlock height={320} />
      )}
      <Schedules />
      <TermsSection />
      {maySet && <ApprovalLimit />}
      {maySet && <DemandsSection />}
      {editing && (
        <PayerDrawer method={editing} known={known(editing)} onClose={() => setEditing(undefined)} />
      )}
    </Page>
  );
}

interface CardProps {
  method: PayerMethod;
  known: PayerOut | undefined;
  onChange: (() => void) | undefined;
}

function PayerCard({ method, known, onChange }: CardProps) {
  const { t } = useTranslation("payers");
  const word = useWords();
  const { dateTime } = useFormat();
  return (
    <Card withBorder component="section">
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Title order={3} size="h5">
          {word("payout_method", method)}
        </Title>
        {onChange && (
          <Button variant="default" size="xs" mih={32} onClick={onChange}>
            {known ? t("change") : t("set")}
          </Button>
        )}
      </Group>
      {known ? (
        <>
          <KeyValues items={factsOf(known, (name) => word("payer_field", name))} />
          <Text size="sm" c="dimmed" mt="xs">
            {dateTime(known.changed_at)}
          </Text>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {word("payer_unset", method)}
        </Text>
      )}
    </Card>
  );
}

/** What is set, without what is empty and without yes and no. */
function factsOf(
  { payer }: PayerOut,
  label: (name: (typeof FIELDS)[PayerMethod][number]["name"]) => string,
): KeyValue[] {
  const known = payer as unknown as Record<string, unknown>;
  return FIELDS[payer.method].flatMap(({ name, kind }) => {
    const value = known[name];
    return typeof value === "string" && value !== "" && kind !== "long"
      ? [{ label: label(name), value }]
      : [];
  });
}
