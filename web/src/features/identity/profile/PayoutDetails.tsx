import { Button, Group, Stack, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "~/api/client";
import { shareLeft, useShareText } from "~/domain/shares";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { SkeletonLines } from "~/ui/Skeletons";
import { EmptyState, ErrorState } from "~/ui/States";
import { AccountChange, AccountHistory } from "./AccountChange";
import { PayoutForm } from "./PayoutForm";
import type { Detail } from "./payoutMethods";

/** How a partner is paid: masked as the server keeps it, and the form that replaces it. */
export function PayoutDetails({ partnerId }: { partnerId: string }) {
  const { t } = useTranslation("identity");
  const [isChanging, setIsChanging] = useState(false);
  const details = api.useQuery("get", "/v1/partners/{id}/payout-details", {
    params: { path: { id: partnerId } },
  });
  if (details.isError) {
    return (
      <ErrorState
        title={t("payout_details.failed")}
        error={details.error}
        onRetry={() => void details.refetch()}
      />
    );
  }
  if (!details.data) return <SkeletonLines lines={4} />;
  if (isChanging)
    return <PayoutForm partnerId={partnerId} known={details.data} onClose={() => setIsChanging(false)} />;
  const change = (
    <Button variant="default" onClick={() => setIsChanging(true)}>
      {details.data.method ? t("payout_details.change") : t("payout_details.set")}
    </Button>
  );
  if (!details.data.method) {
    return (
      <EmptyState title={t("payout_details.none")} text={t("payout_details.none_text")} action={change} />
    );
  }
  return (
    <Stack gap="md">
      <Known details={details.data} />
      {details.data.change && <AccountChange partnerId={partnerId} change={details.data.change} />}
      <AccountHistory partnerId={partnerId} />
      <Group justify="flex-end">{change}</Group>
    </Stack>
  );
}

type Account = Pick<Schemas["PayoutDetailsOut"], "method" | "details">;

function Known({ details }: { details: Schemas["PayoutDetailsOut"] }) {
  const { t } = useTranslation("identity");
  const word = useWords();
  const share = useShareText();
  const { money } = useFormat();
  const minimums = Object.entries(details.minimum_payouts).map(([currency, minor]) =>
    money({ minor, currency }),
  );
  const further = details.further_accounts;
  const known = (account: Account) => [
    {
      label: t("payout_details.method"),
      value: account.method ? word("payout_method", account.method) : null,
    },
    ...Object.entries(account.details).map(([name, value]) => ({
      label: detailWord(t, name),
      value: (
        <Text span ff="monospace" fz="sm">
          {value}
        </Text>
      ),
    })),
  ];
  const minimum = { label: t("payout_details.minimum"), value: minimums.join(", ") || null };
  if (further.length === 0) return <KeyValues items={[...known(details), minimum]} />;
  return (
    <Stack gap="md">
      {[{ ...details, share_bp: shareLeft(further) }, ...further].map((account, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an account has no name but its place
        <div key={place}>
          <Text fw={600} mb={4}>
            {t("payout_details.share_of", { share: share(account.share_bp) })}
          </Text>
          <KeyValues items={known(account)} />
        </div>
      ))}
      <KeyValues items={[minimum]} />
    </Stack>
  );
}

export function detailWord(t: TFunction<"identity">, detail: string): string {
  const words: Record<Detail, string> = {
    name: t("payout_details.name"),
    iban: t("payout_details.iban"),
    bic: t("payout_details.bic"),
    email: t("email"),
    address: t("payout_details.address"),
    account: t("payout_details.account"),
    note: t("payout_details.note"),
    street: t("payout_details.street"),
    building: t("payout_details.building"),
    postal_code: t("payout_details.postal_code"),
    town: t("payout_details.town"),
    country: t("payout_details.country"),
  };
  return detail in words ? words[detail as Detail] : detail;
}
