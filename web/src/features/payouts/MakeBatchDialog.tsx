import { Alert, List, ScrollArea, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type FieldProblem, Problem } from "~/api/problem";
import { fieldText } from "~/domain/refusals";
import { useWords } from "~/domain/words";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { forgetPayouts, makeBatch } from "./api";
import type { Method, Owed } from "./model";
import { dueBy } from "./payday";

interface Props {
  opened: boolean;
  onClose: () => void;
  payees: readonly Owed[];
  /** Nobody was chosen by hand: all that can be paid are. */
  isAll: boolean;
  /** Chosen ones that are not paid now. */
  left: number;
  currency: string;
  method: Method;
}

/** Asks before a batch is made: whom it pays and how much, and what making it does. */
export function MakeBatchDialog({ opened, onClose, payees, isAll, left, currency, method }: Props) {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const { money, number } = useFormat();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const total = { minor: payees.reduce((sum, each) => sum + dueBy(each, method), 0), currency };
  const offset = { minor: payees.reduce((sum, each) => sum + each.debt.minor, 0), currency };
  const partners = t("counted.partners_accusative", { count: payees.length, shown: number(payees.length) });
  const [faults, setFaults] = useState<FieldProblem[]>([]);
  const make = async () => {
    const partner_ids = payees.map((each) => each.partner_id);
    const batch = await makeBatch({
      currency,
      method,
      partner_ids,
      leave_out_faulty: faults.length > 0,
    }).catch((thrown: unknown) => {
      setFaults(Problem.of(thrown).errors.filter(({ field }) => field.startsWith("partners.")));
      throw thrown;
    });
    await forgetPayouts(queries);
    await navigate({ to: "/payouts/batches/$batchId", params: { batchId: batch.id } });
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={() => {
        setFaults([]);
        onClose();
      }}
      title={t("make.title")}
      confirmLabel={faults.length > 0 ? t("make.without") : t("make.confirm")}
      onConfirm={make}
    >
      <Stack gap="xs">
        <Text fw={600}>
          {t("make.pays", { partners, total: money(total), method: word("payout_method", method) })}
        </Text>
        <List size="sm" c="dimmed" spacing={2}>
          <List.Item>{t("make.frozen")}</List.Item>
          <List.Item>{t("make.in_transit")}</List.Item>
          {offset.minor > 0 && <List.Item>{t("make.debt", { amount: money(offset) })}</List.Item>}
          {left > 0 && <List.Item>{t("make.left", { count: left, shown: number(left) })}</List.Item>}
          {isAll && <List.Item>{t("make.all")}</List.Item>}
        </List>
        {faults.length > 0 && <Faults faults={faults} />}
      </Stack>
    </ConfirmDialog>
  );
}

/** Whom the bank or service would refuse, and why. */
function Faults({ faults }: { faults: readonly FieldProblem[] }) {
  const { t } = useTranslation("payouts");
  const word = useWords();
  return (
    <Alert color="red" title={t("make.faulty")}>
      <ScrollArea.Autosize mah={220}>
        <List size="sm" spacing={2}>
          {faults.map(({ field, message }) => {
            const [name, ...why] = message.split(": ");
            const detail = field.split(".").at(-1) ?? "";
            return (
              <List.Item key={field + message}>
                <b>{name}</b>: {word("payee_field", detail)}, {fieldText(why.join(": "))}
              </List.Item>
            );
          })}
        </List>
      </ScrollArea.Autosize>
    </Alert>
  );
}
