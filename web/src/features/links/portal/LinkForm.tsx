import { Alert, Anchor, Button, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { isOpen, type Offer, TRAFFIC_UNSPECIFIED } from "~/features/offers/model";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import type { TrackingLink } from "../queries";
import { useApprovedTraffic, useMakeLink } from "./queries";
import { usableTraffic } from "./traffic";

interface Props {
  /** Offers to choose from; only those that the partner has joined can have links. */
  offers: readonly Offer[];
  /** The offer chosen beforehand. */
  offerId: string | undefined;
  onMade: (link: TrackingLink) => void;
}

/** A link to be: offer, landing page, kind of traffic, a name for oneself. */
export function LinkForm({ offers, offerId, onMade }: Props) {
  const { t } = useTranslation("portal");
  const word = useWords();
  const make = useMakeLink();
  const open = offers.filter(
    ({ state, enrollment }) => state === "active" && enrollment && isOpen(enrollment.state),
  );
  const only = open.length === 1 ? open[0]?.id : undefined;
  const form = useForm({
    initialValues: {
      offer_id: offerId ?? only ?? null,
      landing_id: null as string | null,
      traffic_type: TRAFFIC_UNSPECIFIED,
      name: "",
    },
    validate: { offer_id: (value) => (value ? null : t("link.offer_needed")) },
  });
  const offer = open.find(({ id }) => id === form.values.offer_id);
  const approved = useApprovedTraffic(offer?.id);
  const landings = (offer?.landings ?? []).filter(({ state }) => state === "active");
  const types = usableTraffic(offer?.traffic_rules ?? {}, approved);
  const submit = form.onSubmit(({ offer_id, name, ...rest }) => {
    if (!offer_id) return;
    make.mutate(
      { ...rest, offer_id, name: name.trim() || null },
      { onSuccess: onMade, onError: (problem) => applyFieldErrors(form, problem) },
    );
  });
  if (open.length === 0) {
    return (
      <Alert variant="light">
        {t("link.no_offer")}{" "}
        <Anchor component={Link} to="/offers" inherit underline="always">
          {t("first.offer_act")}
        </Anchor>
      </Alert>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormError error={make.error} />
        <Select
          label={t("link.offer")}
          placeholder={t("link.choose_offer")}
          data-autofocus
          data={open.map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          allowDeselect={false}
          {...form.getInputProps("offer_id")}
          onChange={(value) =>
            form.setValues({ offer_id: value, landing_id: null, traffic_type: TRAFFIC_UNSPECIFIED })
          }
        />
        {landings.length > 1 && (
          <Select
            label={t("link.landing")}
            placeholder={t("link.first_landing")}
            data={landings.map(({ id, name }) => ({ value: id, label: name }))}
            clearable
            {...form.getInputProps("landing_id")}
          />
        )}
        <Select
          label={t("link.traffic")}
          description={t("link.traffic_hint")}
          data={types.map((type) => ({ value: type, label: word("traffic_type", type) }))}
          searchable
          allowDeselect={false}
          {...form.getInputProps("traffic_type")}
        />
        <TextInput label={t("link.name")} description={t("link.name_hint")} {...form.getInputProps("name")} />
        <Button type="submit" loading={make.isPending}>
          {t("link.make")}
        </Button>
      </Stack>
    </form>
  );
}
