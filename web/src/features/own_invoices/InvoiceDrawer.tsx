import { FileInput, Select, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { todayIn } from "~/ui/dates";
import { MoneyInput } from "~/ui/FigureInputs";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { submitInvoice, type Told, useInvoicesChanged } from "./model";

interface Props {
  partnerId: string;
  told: Told;
  onClose: () => void;
}

/** Hands an invoice in: what it says, and the file. */
export function InvoiceDrawer({ partnerId, told, onClose }: Props) {
  const { t } = useTranslation("own_invoices");
  const { workspace } = useMe();
  const { money } = useFormat();
  const changed = useInvoicesChanged();
  const currencies = told.items.map(({ due }) => due.currency);
  const [currency, setCurrency] = useState(currencies[0] ?? workspace.reporting_currency);
  const left = told.items.find(({ due }) => due.currency === currency)?.to_invoice;
  const [number, setNumber] = useState("");
  const [issuedOn, setIssuedOn] = useState(todayIn(workspace.timezone));
  const [net, setNet] = useState<number | null>(null);
  const [tax, setTax] = useState<number | null>(0);
  const [gross, setGross] = useState<number | null>(left?.minor || null);
  const [file, setFile] = useState<File | null>(null);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const send = useMutation({
    mutationFn: async () => {
      if (!file || net === null || gross === null) return;
      const amounts = { net_minor: net, tax_minor: tax ?? 0, gross_minor: gross };
      await submitInvoice(partnerId, { number, issued_on: issuedOn, currency, ...amounts, file }, key);
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("sent"));
      onClose();
    },
    // What was refused is changed before it is sent again, and so is another request.
    onError: () => setKey(crypto.randomUUID()),
  });
  const errors = fieldErrors(send.error);
  const amount = { currency, min: 0 };
  return (
    <FormDrawer
      title={t("hand_in")}
      onClose={onClose}
      onSubmit={() => send.mutate()}
      error={send.error}
      isSaving={send.isPending}
      isReady={number.trim() !== "" && issuedOn !== "" && net !== null && (gross ?? 0) > 0 && file !== null}
      submitLabel={t("send")}
    >
      {left && left.minor > 0 && <Text size="sm">{t("left_text", { amount: money(left) })}</Text>}
      <TextInput
        label={t("number")}
        description={t("number_help")}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        error={errors.number}
        translate="no"
        required
      />
      <TextInput
        type="date"
        label={t("issued_on")}
        value={issuedOn}
        onChange={(event) => setIssuedOn(event.currentTarget.value)}
        error={errors.issued_on}
        required
      />
      {currencies.length > 1 && (
        <Select
          label={t("currency")}
          data={currencies}
          value={currency}
          onChange={(chosen) => setCurrency(chosen ?? currency)}
          error={errors.currency}
          allowDeselect={false}
          required
        />
      )}
      <MoneyInput
        label={t("net")}
        value={net}
        onChange={setNet}
        error={errors.net_minor}
        required
        {...amount}
      />
      <MoneyInput label={t("tax")} value={tax} onChange={setTax} error={errors.tax_minor} {...amount} />
      <MoneyInput
        label={t("gross")}
        description={t("gross_help")}
        value={gross}
        onChange={setGross}
        error={errors.gross_minor}
        required
        {...amount}
      />
      <FileInput
        label={t("file")}
        description={t("file_help")}
        placeholder={t("choose")}
        accept="application/pdf,image/png,image/jpeg,application/xml,text/xml,.pdf,.png,.jpg,.jpeg,.xml"
        value={file}
        onChange={setFile}
        error={errors.file ?? errors.name}
        required
      />
    </FormDrawer>
  );
}
