import { NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { MoneyInput, PercentInput } from "~/ui/FigureInputs";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { CurrencyInput } from "./CurrencyInput";
import { type Account, FUNDINGS, ON_EMPTY, PARTNERS_PAID, type Terms, useBillingChanged } from "./model";

const PAYMENT_DAYS = 14;
const HUNDREDTHS = 100;

function termsOf(account: Account | undefined): Terms {
  return {
    funding: account?.funding ?? "prepaid",
    credit_limit_minor: account?.credit_limit_minor ?? 0,
    low_minor: account?.low_minor ?? 0,
    resume_minor: account?.resume_minor ?? 0,
    exposure_limit_minor: account?.exposure_limit_minor ?? null,
    on_empty: account?.on_empty ?? "redirect",
    partners_paid: account?.partners_paid ?? "on_schedule",
    payment_days: account?.payment_days ?? PAYMENT_DAYS,
    vat_bp: account?.vat_bp ?? 0,
    vat_note: account?.vat_note ?? null,
  };
}

interface Props {
  advertiserId: string;
  /** Absent for another currency. */
  account?: Account;
  onClose: () => void;
}

/** How an advertiser pays in one currency, and what happens when nothing is left. */
export function TermsDrawer({ advertiserId, account, onClose }: Props) {
  const { t } = useTranslation("billing");
  const changed = useBillingChanged();
  const own = useMe().workspace.reporting_currency;
  const [currency, setCurrency] = useState(account?.currency ?? own);
  const [terms, setTerms] = useState(() => termsOf(account));
  const put = (change: Partial<Terms>) => setTerms((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: async () => {
      const params = { path: { id: advertiserId, currency } };
      return bodyOf(await client.PUT("/v1/advertisers/{id}/accounts/{currency}", { params, body: terms }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("terms.saved"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={account ? t("terms.change") : t("terms.new")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
    >
      <CurrencyInput
        value={currency}
        onChange={setCurrency}
        error={errors.currency}
        disabled={account !== undefined}
      />
      <Spending terms={terms} put={put} currency={currency} errors={errors} />
      <Invoicing terms={terms} put={put} currency={currency} errors={errors} />
    </FormDrawer>
  );
}

interface Part {
  terms: Terms;
  put: (change: Partial<Terms>) => void;
  currency: string;
  errors: Record<string, string>;
}

function Spending({ terms, put, currency, errors }: Part) {
  const { t } = useTranslation("billing");
  const word = useWords();
  const isLimited = terms.funding !== "open";
  return (
    <>
      <SegmentedControl
        aria-label={t("column.funding")}
        data={FUNDINGS.map((code) => ({ value: code, label: word("funding", code) }))}
        value={terms.funding}
        onChange={(funding) => put({ funding: funding as Terms["funding"] })}
      />
      {terms.funding === "credit" && (
        <MoneyInput
          label={t("terms.credit_limit")}
          description={t("terms.credit_limit_help")}
          currency={currency}
          value={terms.credit_limit_minor ?? 0}
          onChange={(minor) => put({ credit_limit_minor: minor ?? 0 })}
          error={errors.credit_limit_minor}
        />
      )}
      {isLimited && (
        <>
          <Select
            label={t("terms.on_empty")}
            description={t("terms.on_empty_help")}
            data={ON_EMPTY.map((code) => ({ value: code, label: word("cap_on_reach", code) }))}
            value={terms.on_empty ?? null}
            onChange={(code) => code && put({ on_empty: code as Terms["on_empty"] })}
            allowDeselect={false}
          />
          <MoneyInput
            label={t("terms.low")}
            description={t("terms.low_help")}
            currency={currency}
            value={terms.low_minor ?? 0}
            onChange={(minor) => put({ low_minor: minor ?? 0 })}
            error={errors.low_minor}
          />
          <MoneyInput
            label={t("terms.resume")}
            description={t("terms.resume_help")}
            currency={currency}
            value={terms.resume_minor ?? 0}
            onChange={(minor) => put({ resume_minor: minor ?? 0 })}
            error={errors.resume_minor}
          />
        </>
      )}
    </>
  );
}

function Invoicing({ terms, put, currency, errors }: Part) {
  const { t } = useTranslation("billing");
  const word = useWords();
  return (
    <>
      <NumberInput
        label={t("terms.payment_days")}
        description={t("terms.payment_days_help")}
        value={terms.payment_days ?? ""}
        onChange={(days) => put({ payment_days: typeof days === "number" ? days : null })}
        error={errors.payment_days}
        allowDecimal={false}
        min={0}
        hideControls
      />
      <PercentInput
        label={t("terms.vat")}
        value={(terms.vat_bp ?? 0) / HUNDREDTHS}
        onChange={(percent) => put({ vat_bp: Math.round((percent ?? 0) * HUNDREDTHS) })}
        error={errors.vat_bp}
      />
      <TextInput
        label={t("terms.vat_note")}
        description={t("terms.vat_note_help")}
        value={terms.vat_note ?? ""}
        onChange={(event) => put({ vat_note: event.currentTarget.value || null })}
        error={errors.vat_note}
      />
      <Select
        label={t("terms.partners_paid")}
        data={PARTNERS_PAID.map((code) => ({ value: code, label: word("partners_paid", code) }))}
        value={terms.partners_paid ?? null}
        onChange={(code) => code && put({ partners_paid: code as Terms["partners_paid"] })}
        allowDeselect={false}
      />
      <MoneyInput
        label={t("terms.exposure_limit")}
        description={t("terms.exposure_limit_help")}
        currency={currency}
        value={terms.exposure_limit_minor ?? null}
        onChange={(minor) => put({ exposure_limit_minor: minor })}
        error={errors.exposure_limit_minor}
      />
    </>
  );
}
