import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { OwnInvoices } from "~/features/own_invoices/OwnInvoices";
import { TaxFormDrawer } from "~/features/tax_forms/TaxFormDrawer";
import { TaxFormTable } from "~/features/tax_forms/TaxFormTable";
import { EmptyState, ErrorState, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { DemandsDrawer } from "./DemandsDrawer";
import { type Standing, standingQuery } from "./model";

/** What a partner has to have on file before it is paid, how it stands with each, its tax forms, and its own invoices. */
export function OnFile({ partnerId }: { partnerId: string }) {
  const { t } = useTranslation("on_file");
  const mayRead = useMay("tax_forms:read");
  const maySubmit = useMay("tax_forms:write");
  const mayDemand = useMay("payouts:write");
  const [open, setOpen] = useState<"form" | "demands">();
  const standing = useQuery(standingQuery(partnerId));
  const close = () => setOpen(undefined);
  return (
    <Stack gap="xl">
      <Section
        title={t("title")}
        hint={t("hint")}
        action={
          <Group gap="xs">
            {mayDemand && standing.data && (
              <Button variant="default" onClick={() => setOpen("demands")}>
                {t("demands.change")}
              </Button>
            )}
            {maySubmit && (
              <Button variant="default" onClick={() => setOpen("form")}>
                {t("form.hand_in")}
              </Button>
            )}
          </Group>
        }
      >
        {standing.isPending && <SkeletonBlock height={60} />}
        {standing.isError && <ErrorState error={standing.error} onRetry={() => void standing.refetch()} />}
        {standing.data && <Demanded standing={standing.data} />}
        {mayRead && (
          <TaxFormTable
            filter={{ partner_id: partnerId }}
            empty={<EmptyState title={t("form.none")} text={t("form.none_text")} />}
          />
        )}
        {open === "form" && <TaxFormDrawer partnerId={partnerId} onClose={close} />}
        {open === "demands" && standing.data && (
          <DemandsDrawer partnerId={partnerId} standing={standing.data} onClose={close} />
        )}
      </Section>
      {standing.data?.billed_by === "own_invoice" && <OwnInvoices partnerId={partnerId} />}
    </Stack>
  );
}

function Demanded({ standing }: { standing: Standing }) {
  const { t } = useTranslation("on_file");
  const word = useWords();
  if (standing.items.length === 0) return <Text size="sm">{t("nothing_demanded")}</Text>;
  return (
    <Stack gap="xs">
      <Text size="sm">{standing.is_met ? t("met") : t("not_met")}</Text>
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
        {standing.items.map(({ requirement, state }) => (
          <Group component="li" key={requirement} gap="sm">
            <Text size="sm">{word("payout_requirement", requirement)}</Text>
            <StateChip of="on_file" state={state} />
          </Group>
        ))}
      </Stack>
    </Stack>
  );
}
