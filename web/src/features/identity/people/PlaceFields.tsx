import { Select, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import type { Role } from "~/domain/person";
import { useWords } from "~/domain/words";
import type { PlaceValues } from "./place";

const OFFERED_MAX = 1000;

interface Props<Values extends PlaceValues> {
  form: UseFormReturnType<Values>;
  roles: readonly Role[];
}

/** A role and, where it acts for somebody, for whom. */
export function PlaceFields<Values extends PlaceValues>({ form, roles }: Props<Values>) {
  const { t } = useTranslation("identity");
  const word = useWords();
  const { role } = form.values;
  return (
    <>
      <Select
        label={t("people.role")}
        data={roles.map((value) => ({ value, label: word("role", value) }))}
        allowDeselect={false}
        required
        {...form.getInputProps("role")}
      />
      <Text fz="sm" c="dimmed" mt={-8}>
        {roleText(t, role)}
      </Text>
      {role === "partner" && <PartnerSelect form={form} />}
      {role === "advertiser" && <AdvertiserSelect form={form} />}
    </>
  );
}

function PartnerSelect<Values extends PlaceValues>({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation("identity");
  const partners = api.useQuery("get", "/v1/partners", { params: { query: { limit: OFFERED_MAX } } });
  return (
    <Select
      label={t("people.for_partner")}
      data={partners.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      searchable
      limit={100}
      required
      disabled={partners.isPending}
      placeholder={t("people.choose")}
      nothingFoundMessage={t("nothing_found")}
      {...form.getInputProps("partner_id")}
    />
  );
}

function AdvertiserSelect<Values extends PlaceValues>({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation("identity");
  const advertisers = api.useQuery("get", "/v1/advertisers", { params: { query: { limit: OFFERED_MAX } } });
  return (
    <Select
      label={t("people.for_advertiser")}
      data={advertisers.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      searchable
      limit={100}
      required
      disabled={advertisers.isPending}
      placeholder={t("people.choose")}
      nothingFoundMessage={t("nothing_found")}
      {...form.getInputProps("advertiser_id")}
    />
  );
}

/** What a role may do, in a sentence. */
function roleText(t: TFunction<"identity">, role: Role): string {
  const texts: Record<Role, string> = {
    owner: t("role_text.owner"),
    manager: t("role_text.manager"),
    analyst: t("role_text.analyst"),
    finance: t("role_text.finance"),
    partner: t("role_text.partner"),
    advertiser: t("role_text.advertiser"),
  };
  return texts[role];
}
