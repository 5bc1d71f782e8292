import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "~/api/client";
import { useMe } from "~/domain/person";
import { useCurrencyOptions } from "~/features/workspaces/currencies";
import { MoneyInput } from "~/ui/FigureInputs";
import { FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { AccountFields, type AccountValues, blank, leftOf, shareOf } from "./AccountFields";
import { detailWord } from "./PayoutDetails";
import {
  ACCOUNTS_MAX,
  type Detail,
  FIELDS,
  isDetail,
  isLackingOfAddress,
  isPartOfAddress,
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
  /** The main one first. */
  accounts: AccountValues[];
  currency: string;
  minimum: number | null;
  paidIn: string | null;
}

/** The server gives the details masked, so that whoever changes them types them whole. */
export function PayoutForm({ partnerId, known, onClose }: Props) {
  const { t } = useTranslation("identity");
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
  const { accounts, currency } = form.values;
  const currencies = useCurrencyOptions(currency);
  const send = (values: Values) => save.mutate({ ...path, body: bodyOf(values, known) });
  const methods = known.method === "csv" ? [...CHOICES, known.method] : CHOICES;
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack gap="md">
        <FormError error={save.error} />
        {accounts.map((account, place) => (
          <AccountFields
            key={account.key}
            form={form}
            place={place}
            methods={methods}
            known={place === 0 ? known : undefined}
          />
        ))}
        {accounts.length < ACCOUNTS_MAX && (
          <Group>
            <Button
              variant="subtle"
              size="compact-sm"
              mih={32}
              onClick={() => form.insertListItem("accounts", blank())}
            >
              {t("payout_details.add_account")}
            </Button>
          </Group>
        )}
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
  const wrongOf = (account: AccountValues, detail: Detail) => {
    if (isPartOfAddress(detail) && account.method === "sepa" && isLackingOfAddress(detail, account.details))
      return t("payout_details.address_whole");
    return isDetail(account.method, detail, account.details[detail])
      ? null
      : t("payout_details.wrong", { field: detailWord(t, detail) });
  };
  return useForm<Values>({
    initialValues: {
      accounts: [blank(known.method ?? "sepa"), ...known.further_accounts.map(ofKnown)],
      currency,
      minimum,
      paidIn: known.payout_currency ?? null,
    },
    validate: ({ accounts }) => {
      const wrong: Record<string, string | null> = {};
      const isWhole = leftOf(accounts) > 0;
      accounts.forEach((account, place) => {
        for (const { name } of FIELDS[account.method])
          wrong[`accounts.${place}.details.${name}`] = wrongOf(account, name);
        if (place > 0 && !(isWhole && shareOf(account) > 0))
          wrong[`accounts.${place}.percent`] = t("payout_details.share_wrong");
      });
      return wrong;
    },
  });
}

/** Typed whole again, like all others: the server keeps what it has to itself. */
function ofKnown({ method, share_bp }: Schemas["FurtherAccountOut"]): AccountValues {
  return { ...blank(method), percent: share_bp / 100 };
}

/** Details of the chosen methods alone; minimums of other currencies stay as they were. */
function bodyOf({ accounts, currency, minimum, paidIn }: Values, known: Known): Schemas["PayoutDetailsIn"] {
  const { [currency]: _, ...others } = known.minimum_payouts;
  const minimum_payouts = minimum === null ? others : { ...others, [currency]: minimum };
  const [main = blank(), ...further] = accounts;
  const further_accounts = further.map((account) => ({
    ...accountOf(account),
    share_bp: shareOf(account),
  }));
  return { ...accountOf(main), further_accounts, minimum_payouts, payout_currency: paidIn };
}

function accountOf({
  method,
  details,
}: AccountValues): Pick<Schemas["PayoutDetailsIn"], "method" | "details"> {
  const filled = FIELDS[method]
    .map(({ name }) => [name, tidied(name, details[name])] as const)
    .filter(([, text]) => text !== "");
  return { method, details: Object.fromEntries(filled) };
}
