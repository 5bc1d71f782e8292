import { CloseButton, Fieldset, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { shareLeft, useShareText } from "~/domain/shares";
import { useWords } from "~/domain/words";
import { PercentInput } from "~/ui/FigureInputs";
import { detailWord } from "./PayoutDetails";
import { ADDRESS, type Detail, FIELDS, type Method } from "./payoutMethods";

/** An account as it is typed. */
export interface AccountValues {
  /** Tells it from the others while they come and go. */
  key: string;
  method: Method;
  details: Record<Detail, string>;
  /** Of what is due; what the others leave where it is the main one. */
  percent: number | null;
}

const NO_ADDRESS = { street: "", building: "", postal_code: "", town: "", country: "" };
const NOTHING_TYPED = {
  ...NO_ADDRESS,
  name: "",
  iban: "",
  bic: "",
  email: "",
  address: "",
  account: "",
  note: "",
};

export function blank(method: Method = "sepa"): AccountValues {
  return { key: crypto.randomUUID(), method, details: NOTHING_TYPED, percent: null };
}

/** The share that is typed, in hundredths of a per cent. */
export function shareOf({ percent }: AccountValues): number {
  return Math.round((percent ?? 0) * 100);
}

/** The share that the further accounts leave to the main one. */
export function leftOf(accounts: readonly AccountValues[]): number {
  const [, ...further] = accounts;
  return shareLeft(further.map((account) => ({ share_bp: shareOf(account) })));
}

interface Props<Values extends { accounts: AccountValues[] }> {
  form: UseFormReturnType<Values>;
  place: number;
  methods: readonly Method[];
  /** What is in force, masked. */
  known: Schemas["PayoutDetailsOut"] | undefined;
}

/** One account: its method, what that needs, and its share where there are several. */
export function AccountFields<Values extends { accounts: AccountValues[] }>(props: Props<Values>) {
  const { form, place } = props;
  const { t } = useTranslation("identity");
  const shareText = useShareText();
  const { accounts } = form.values;
  if (accounts.length === 1) return <OwnFields {...props} />;
  const share =
    place === 0 ? (
      <Text size="sm" c="dimmed">
        {t("payout_details.rest", { share: shareText(leftOf(accounts)) })}
      </Text>
    ) : (
      <PercentInput
        label={t("payout_details.share")}
        description={t("payout_details.share_help")}
        required
        value={accounts[place]?.percent ?? null}
        onChange={form.getInputProps(`accounts.${place}.percent`).onChange}
        error={form.errors[`accounts.${place}.percent`]}
      />
    );
  return (
    <Fieldset
      legend={
        <Group gap="xs">
          {t("payout_details.account_place", { place: place + 1 })}
          {place > 0 && (
            <CloseButton
              size="sm"
              aria-label={t("payout_details.remove_account")}
              onClick={() => form.removeListItem("accounts", place)}
            />
          )}
        </Group>
      }
    >
      <Stack gap="md">
        {share}
        <OwnFields {...props} />
      </Stack>
    </Fieldset>
  );
}

function OwnFields<Values extends { accounts: AccountValues[] }>({
  form,
  place,
  methods,
  known,
}: Props<Values>) {
  const { t } = useTranslation("identity");
  const word = useWords();
  const method = form.values.accounts[place]?.method ?? "sepa";
  const label = (name: Detail, isOptional: boolean | undefined) =>
    isOptional ? t("payout_details.optional", { field: detailWord(t, name) }) : detailWord(t, name);
  return (
    <>
      <Select
        label={t("payout_details.method")}
        data={methods.map((value) => ({ value, label: word("payout_method", value) }))}
        allowDeselect={false}
        required
        {...form.getInputProps(`accounts.${place}.method`)}
      />
      {FIELDS[method].map(({ name, optional }) => (
        <TextInput
          key={`${method}.${name}`}
          label={label(name, optional)}
          description={name === ADDRESS[0] ? t("payout_details.address_help") : undefined}
          placeholder={known?.method === method ? known.details[name] : undefined}
          required={!optional}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps(`accounts.${place}.details.${name}`)}
        />
      ))}
    </>
  );
}
