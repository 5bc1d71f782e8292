import { Button, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useOfferOptions, usePartnerOptions } from "~/features/conversions/options";
import { isOpen, TRAFFIC_UNSPECIFIED } from "~/features/offers/model";
import { offerQuery, useEnrollments } from "~/features/offers/queries";
import { partnerQuery } from "~/features/partners/queries";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { useMakeLink } from "../portal/queries";
import { usableTraffic } from "../portal/traffic";
import type { TrackingLink } from "../queries";
import { EnrollHint } from "./EnrollHint";
import { withChosen } from "./options";

interface Props {
  partnerId: string | undefined;
  offerId: string | undefined;
  onMade: (link: TrackingLink) => void;
}

/** A link to be. Offers that the partner has joined come first; another can be joined at once. */
export function BuilderForm({ partnerId, offerId, onMade }: Props) {
  const { t } = useTranslation("links");
  const word = useWords();
  const make = useMakeLink();
  const form = useForm({
    initialValues: {
      partner_id: partnerId ?? null,
      offer_id: offerId ?? null,
      landing_id: null as string | null,
      traffic_type: TRAFFIC_UNSPECIFIED,
      name: "",
    },
  });
  const { partner_id, offer_id } = form.values;
  const partners = usePartnerOptions();
  const offers = useOfferOptions();
  const partner = useQuery({ ...partnerQuery(partner_id ?? ""), enabled: partner_id !== null });
  const offer = useQuery({ ...offerQuery(offer_id ?? ""), enabled: offer_id !== null });
  const enrollments = useEnrollments({ partner_id: partner_id ?? undefined }, partner_id !== null);
  const joined = enrollments.rows.filter(({ state }) => isOpen(state));
  const enrollment = enrollments.rows.find((row) => row.offer_id === offer_id);
  const isEnrolled = enrollment !== undefined && isOpen(enrollment.state);
  const types = usableTraffic(
    offer.data?.traffic_rules ?? {},
    (enrollment?.approved_traffic_types ?? []).map(({ traffic_type }) => traffic_type),
  );
  const joinedIds = new Set(joined.map((row) => row.offer_id));
  const others = offers.options.filter(({ value }) => !joinedIds.has(value));
  const groups = [
    {
      group: t("builder.joined"),
      items: joined.map((row) => ({ value: row.offer_id, label: row.names[row.offer_id] ?? row.offer_id })),
    },
    {
      group: t("builder.not_joined"),
      items: withChosen(others, joinedIds.has(offer_id ?? "") ? undefined : offer.data),
    },
  ].filter(({ items }) => items.length > 0);
  const landings = (offer.data?.landings ?? []).filter(({ state }) => state === "active");
  const isStopped = partner.data !== undefined && partner.data.state !== "active";
  const submit = form.onSubmit((typed) => {
    if (!typed.offer_id) return;
    make.mutate(
      { ...typed, offer_id: typed.offer_id, name: typed.name.trim() || null },
      { onSuccess: onMade, onError: (problem) => void applyFieldErrors(form, problem) },
    );
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormError error={make.error} />
        <Select
          label={t("list.partner")}
          data-autofocus
          data={withChosen(partners.options, partner.data)}
          onSearchChange={partners.search}
          searchable
          required
          allowDeselect={false}
          {...form.getInputProps("partner_id")}
          {...(isStopped ? { error: t("builder.stopped") } : {})}
        />
        <Select
          label={t("list.offer")}
          description={t("builder.offer_help")}
          data={groups}
          onSearchChange={offers.search}
          searchable
          required
          allowDeselect={false}
          disabled={!partner_id}
          {...form.getInputProps("offer_id")}
          onChange={(value) =>
            form.setValues({ offer_id: value, landing_id: null, traffic_type: TRAFFIC_UNSPECIFIED })
          }
        />
        {partner_id && offer_id && enrollments.state === "ready" && !isEnrolled && (
          <EnrollHint partnerId={partner_id} offerId={offer_id} enrollment={enrollment} />
        )}
        {landings.length > 1 && (
          <Select
            label={t("builder.landing")}
            placeholder={t("builder.first_landing")}
            data={landings.map(({ id, name }) => ({ value: id, label: name }))}
            clearable
            {...form.getInputProps("landing_id")}
          />
        )}
        <Select
          label={t("list.traffic")}
          description={t("builder.traffic_help")}
          data={types.map((type) => ({ value: type, label: word("traffic_type", type) }))}
          searchable
          allowDeselect={false}
          disabled={!offer_id}
          {...form.getInputProps("traffic_type")}
        />
        <TextInput
          label={t("list.name")}
          description={t("builder.name_help")}
          {...form.getInputProps("name")}
        />
        <Button type="submit" loading={make.isPending} disabled={!isEnrolled || isStopped}>
          {t("builder.make")}
        </Button>
      </Stack>
    </form>
  );
}
