import { Button, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { useMay } from "~/domain/person";
import { TargetingEditor } from "~/domain/targeting/TargetingEditor";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { BasicFields } from "../editor/BasicFields";
import { Card } from "../editor/Card";
import { ClockFields } from "../editor/ClockFields";
import { changedTerms, draftOfOffer } from "../editor/draft";
import classes from "../editor/editor.module.css";
import { RoutingFields } from "../editor/RoutingFields";
import { TrafficFields } from "../editor/TrafficFields";
import { UnsavedGuard } from "../editor/UnsavedGuard";
import { bodyOf, type Offer } from "../model";
import { ClockTerms } from "./ClockTerms";
import { useOfferSaved } from "./useOfferSaved";

/** The offer's terms: only what was changed is sent. */
export function RulesTab({ offer }: { offer: Offer }) {
  const { t } = useTranslation("offers");
  const { t: words } = useTranslation("targeting");
  const disabled = !useMay("offers:write");
  const seesClocks = useMay("offers:clocks");
  const saved = useOfferSaved();
  const form = useForm({
    initialValues: draftOfOffer(offer),
    validate: { name: (name) => (name.trim() ? null : t("editor.needed")) },
  });
  const changes = Object.keys(changedTerms(form.values, offer)).length;
  const save = useMutation({
    mutationFn: async () => {
      const body = changedTerms(form.values, offer) as Schemas["OfferChange"];
      return bodyOf(await client.PATCH("/v1/offers/{id}", { params: { path: { id: offer.id } }, body }));
    },
    onSuccess: (offerNow) => {
      saved(offerNow);
      const draft = draftOfOffer(offerNow);
      form.setInitialValues(draft);
      form.setValues(draft);
      notifyDone(t("rules.saved"));
    },
    onError: (problem) => void applyFieldErrors(form, problem),
  });
  const forget = () => {
    form.setValues(draftOfOffer(offer));
    form.clearErrors();
    save.reset();
  };
  return (
    <form noValidate onSubmit={form.onSubmit(() => save.mutate())}>
      <UnsavedGuard when={changes > 0 && !disabled} />
      <Stack gap="md" maw={960}>
        <FormError error={save.error} />
        <Card title={t("rules.about")}>
          <BasicFields form={form} disabled={disabled} />
        </Card>
        <Card title={t("rules.clocks")}>
          <ClockFields form={form} disabled={disabled} />
        </Card>
        {seesClocks && (
          <Card title={t("clocks.title")}>
            <ClockTerms offer={offer} disabled={disabled} />
          </Card>
        )}
        <Card title={t("rules.routing")}>
          <RoutingFields form={form} disabled={disabled} />
        </Card>
        <Card title={t("rules.traffic")} hint={t("rules.traffic_hint")}>
          <TrafficFields form={form} disabled={disabled} />
        </Card>
        <Card title={words("offer.title")} hint={words("editor.hint")}>
          <TargetingEditor
            value={form.values.targeting}
            onChange={(targeting) => form.setFieldValue("targeting", targeting)}
            errors={form.errors}
            disabled={disabled}
          />
        </Card>
        {changes > 0 && !disabled && (
          <div className={classes.saveBar}>
            <Text size="sm" c="dimmed">
              {t("rules.unsaved", { count: changes })}
            </Text>
            <Button variant="default" onClick={forget}>
              {t("rules.forget")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t("editor.save")}
            </Button>
          </div>
        )}
      </Stack>
    </form>
  );
}
