import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { useCurrencyOptions } from "~/features/workspaces/currencies";
import { MoneyInput } from "~/ui/FigureInputs";
import { FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { detailWord } from "./PayoutDetails";
import {
  ADDRESS,
  type AddressPart,
  type Detail,
  FIELDS,
  isDetail,
  isLackingOfAddress,
  type Method,
  tidied,
} from "./payoutMethods";

type Known = Schemas["PayoutDetailsOut"];
/** What a partner may choose; a file is the workspace's own way. */
const CHOICES: readonly Method[] = [
  "sepa",
  "wise",
  "paypal",
  "payoneer",
  "paxum",
  "capitalist",
  "usdt_trc20",
  "usdt_erc20",
  "external",
];

interface Props {
  partnerId: string;
  known: Known;
  onClose: () => void;
}

interface Values {
  method: Method;
  details: Record<Detail, string>;
  currency: string;
  minimum: number | null;
  paidIn: string | null;
}

const NO_ADDRESS = { street: "", building: "", postal_code: "", town: "", country: "" };

/** The server gives the details masked, so that whoever changes them types them whole. */
export function PayoutForm({ partnerId, known, onClose }: Props) {
  const { t } = useTranslation("identity");
  const word = useWords();
  const path = { params: { path: { id: partnerId } } };
  const queries = useQueryClient();
  const form = usePayoutForm(known);
  const save = api.useMutation("put", "/v1/partners/{id}/payout-details", {
    onSuccess: (changed) => {
      queries.setQueryData(
        api.queryOptions("get", "/v1/partners/{id}/payout-details", path).queryKey,
        changed,
      );
      void queries.invalidateQueries({
        queryKey: api.queryOptions("get", "/v1/partners/{id}/payout-details/changes", path).queryKey,
      });
      notifyDone(changed.change ? t("account_change.asked") : t("payout_details.saved"));
      onClose();
    },
  });
  const { method, currency } = form.values;
  const currencies = useCurrencyOptions(currency);
  const send = (values: Values) => save.mutate({ ...path, body: bodyOf(values, known) });
  const methods = known.method === "csv" ? [...CHOICES, known.method] : CHOICES;
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack gap="md">
        <FormError error={save.error} />
        <Select
          label={t("payout_details.method")}
          data={methods.map((value) => ({ value, label: word("payout_method", value) }))}
          allowDeselect={false}
          required
          {...form.getInputProps("method")}
        />
        {FIELDS[method].map(({ name, optional }) => (
          <TextInput
            key={`${method}.${name}`}
            label={
              optional ? t("payout_details.optional", { field: detailWord(t, name) }) : detailWord(t, name)
            }
            description={name === ADDRESS[0] ? t("payout_details.address_help") : undefined}
            placeholder={known.method === method ? known.details[name] : undefined}
            required={!optional}
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps(`details.${name}`)}
          />
        ))}
        <Group align="flex-start" wrap="nowrap" gap="xs">
          <MoneyInput
            label={t("payout_details.minimum")}
            description={t("payout_details.minimum_help")}
            flex={1}
            currency={currency}
            value={form.values.minimum}
            onChange={(minor) => form.setFieldValue("minimum", minor)}
          />
          <Select
            label={t("payout_details.currency")}
            description={t("payout_details.currency_help")}
            data={currencies}
            searchable
            allowDeselect={false}
            w={{ base: 130, xs: 220 }}
            {...form.getInputProps("currency")}
          />
        </Group>
        <Select
          label={t("payout_details.paid_in")}
          description={t("payout_details.paid_in_help")}
          data={currencies}
          searchable
          clearable
          {...form.getInputProps("paidIn")}
        />
        {known.method && (
          <Text fz="sm" c="dimmed">
            {t("payout_details.whole")}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function usePayoutForm(known: Known) {
  const { t } = useTranslation("identity");
  const { workspace } = useMe();
  const [currency = workspace.reporting_currency, minimum = null] =
    Object.entries(known.minimum_payouts)[0] ?? [];
  const checked =
    (detail: Detail) =>
    (typed: string, { method }: Values) => {
      const isAsked = FIELDS[method].some((field) => field.name === detail);
      return isAsked && !isDetail(method, detail, typed)
        ? t("payout_details.wrong", { field: detailWord(t, detail) })
        : null;
    };
  const ofAddress = (part: AddressPart) => (typed: string, values: Values) =>
    values.method === "sepa" && isLackingOfAddress(part, values.details)
      ? t("payout_details.address_whole")
      : checked(part)(typed, values);
  return useForm<Values>({
    initialValues: {
      method: known.method ?? "sepa",
      details: { ...NO_ADDRESS, name: "", iban: "", bic: "", email: "", address: "", account: "", note: "" },
      currency,
      minimum,
      paidIn: known.payout_currency ?? null,
    },
    validate: {
      details: {
        name: checked("name"),
        iban: checked("iban"),
        bic: checked("bic"),
        email: checked("email"),
        address: checked("address"),
        account: checked("account"),
        town: ofAddress("town"),
        country: ofAddress("country"),
      },
    },
  });
}

/** Details of the chosen method alone; minimums of other currencies stay as they were. */
function bodyOf(
  { method, details, currency, minimum, paidIn }: Values,
  known: Known,
): Schemas["PayoutDetailsIn"] {
  const filled = FIELDS[method]
    .map(({ name }) => [name, tidied(name, details[name])] as const)
    .filter(([, text]) => text !== "");
  const { [currency]: _, ...others } = known.minimum_payouts;
  const minimum_payouts = minimum === null ? others : { ...others, [currency]: minimum };
  return { method, details: Object.fromEntries(filled), minimum_payouts, payout_currency: paidIn };
}
