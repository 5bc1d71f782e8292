import { ActionIcon, Button, Group, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { CurrencyInput } from "~/features/billing/CurrencyInput";
import { MoneyInput, PercentInput } from "~/ui/FigureInputs";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { METHODS, type Method } from "../model";
import { FEE_BEARERS, HUNDREDTHS, type PayoutFee, type PayoutTerms, saveTerms, termsQuery } from "./api";

interface Props {
  known: PayoutTerms;
  onClose: () => void;
}

/** Who bears the fees of transfers, what they are, and what being paid early costs. */
export function TermsDrawer({ known, onClose }: Props) {
  const { t } = useTranslation("payers");
  const word = useWords();
  const own = useMe().workspace.reporting_currency;
  const queries = useQueryClient();
  const [terms, setTerms] = useState(known);
  const put = (change: Partial<PayoutTerms>) => setTerms((before) => ({ ...before, ...change }));
  const putFee = (at: number, change: Partial<PayoutFee>) =>
    put({ fees: terms.fees.map((fee, index) => (index === at ? { ...fee, ...change } : fee)) });
  const save = useMutation({
    mutationFn: () => saveTerms(terms),
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: termsQuery.queryKey }),
        queries.invalidateQueries({ queryKey: ["owed"] }),
      ]);
      notifyDone(t("saved"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  const blank: PayoutFee = { method: "sepa", currency: own, fixed_minor: 0, share_bp: 0 };
  return (
    <FormDrawer
      title={t("terms.title")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
    >
      <Stack gap={4}>
        <Text size="sm" fw={500}>
          {t("terms.bearer")}
        </Text>
        <SegmentedControl
          aria-label={t("terms.bearer")}
          data={FEE_BEARERS.map((code) => ({ value: code, label: word("fee_bearer", code) }))}
          value={terms.fee_bearer}
          onChange={(code) => put({ fee_bearer: code as PayoutTerms["fee_bearer"] })}
        />
      </Stack>
      <PercentInput
        label={t("terms.early")}
        description={t("terms.early_help")}
        value={terms.early_share_bp == null ? null : terms.early_share_bp / HUNDREDTHS}
        onChange={(percent) =>
          put({ early_share_bp: percent === null ? null : Math.round(percent * HUNDREDTHS) })
        }
        error={errors.early_share_bp}
      />
      <Text size="sm" fw={500}>
        {t("terms.fees")}
      </Text>
      {terms.fees.map((fee, at) => (
        <FeeFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a fee has no other name while it is typed
          key={at}
          fee={fee}
          put={(change) => putFee(at, change)}
          onRemove={() => put({ fees: terms.fees.filter((_, index) => index !== at) })}
          error={(field) => errors[`fees.${at}.${field}`]}
        />
      ))}
      <Group>
        <Button variant="default" onClick={() => put({ fees: [...terms.fees, blank] })}>
          {t("terms.add_fee")}
        </Button>
      </Group>
    </FormDrawer>
  );
}

interface FeeProps {
  fee: PayoutFee;
  put: (change: Partial<PayoutFee>) => void;
  onRemove: () => void;
  error: (field: keyof PayoutFee) => string | undefined;
}

function FeeFields({ fee, put, onRemove, error }: FeeProps) {
  const { t } = useTranslation("payers");
  const word = useWords();
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select
          label={t("terms.method")}
          flex={1}
          data={METHODS.map((method) => ({ value: method, label: word("payout_method", method) }))}
          value={fee.method}
          onChange={(method) => method && put({ method: method as Method })}
          allowDeselect={false}
          error={error("method")}
        />
        <ActionIcon variant="default" size={36} aria-label={t("terms.remove_fee")} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <Group gap="xs" grow align="flex-start">
        <CurrencyInput
          value={fee.currency}
          onChange={(currency) => put({ currency })}
          error={error("currency")}
        />
        <MoneyInput
          label={t("terms.fixed")}
          currency={fee.currency}
          value={fee.fixed_minor}
          onChange={(minor) => put({ fixed_minor: minor ?? 0 })}
          error={error("fixed_minor")}
        />
        <PercentInput
          label={t("terms.share")}
          value={fee.share_bp / HUNDREDTHS}
          onChange={(percent) => put({ share_bp: Math.round((percent ?? 0) * HUNDREDTHS) })}
          error={error("share_bp")}
        />
      </Group>
    </Stack>
  );
}
