import { Button, Collapse, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconChevronDown } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { Problem } from "~/api/problem";
import { useMe } from "~/domain/person";
import { type MarginWordsSent, useMarginWords } from "~/features/plans/MarginWords";
import { useCurrencyOptions } from "~/features/workspaces/currencies";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { Page } from "~/ui/Page";
import { notifyDone } from "~/ui/Toast";
import { AdvertiserPicker } from "./editor/AdvertiserPicker";
import { BasicFields } from "./editor/BasicFields";
import { Card } from "./editor/Card";
import { ClockFields } from "./editor/ClockFields";
import { goalOf, newOffer, termsOf } from "./editor/draft";
import classes from "./editor/editor.module.css";
import { newOfferErrors } from "./editor/form";
import { GoalList } from "./editor/GoalList";
import { RoutingFields } from "./editor/RoutingFields";
import { TrafficFields } from "./editor/TrafficFields";
import { UnsavedGuard } from "./editor/UnsavedGuard";
import { bodyOf } from "./model";

/** Fields that are on the page before all rules are shown. */
const SHOWN = /^(name|advertiser_id|currency|landing_url|goals|description|vertical|visibility|manager_id)/;

/** A new offer on one page: who pays, where visitors go, what a partner earns. The rest has defaults. */
export default function NewOfferPage() {
  const { t } = useTranslation("offers");
  const { t: plans } = useTranslation("plans");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const currency = useMe().workspace.reporting_currency;
  const currencies = useCurrencyOptions(currency);
  const [showsRules, setShowsRules] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const form = useForm({
    initialValues: newOffer(currency),
    validate: (draft) =>
      newOfferErrors(draft, {
        needed: t("editor.needed"),
        amount: plans("rate.unreadable_amount"),
        percent: plans("rate.unreadable_percent"),
      }),
  });
  const create = useMutation({
    mutationFn: async ({ state, words }: { state: Schemas["OfferState"]; words: MarginWordsSent }) => {
      const draft = form.values;
      const body = {
        ...termsOf(draft),
        advertiser_id: draft.advertiser_id ?? "",
        currency: draft.currency,
        landing_url: draft.landing_url.trim(),
        goals: draft.goals.map((goal) => ({ ...goalOf(goal, draft.currency), ...words })),
        state,
      };
      return bodyOf(await client.POST("/v1/offers", { body: body as Schemas["NewOffer"] }));
    },
    onSuccess: async (offer) => {
      await queries.invalidateQueries({ queryKey: ["offers"] });
      // The guard must know before the page is left.
      flushSync(() => setIsDone(true));
      notifyDone(t("editor.created", { name: offer.name }));
      void navigate({ to: "/offers/$offerId", params: { offerId: offer.id } });
    },
    onError: (problem) => {
      if (Problem.of(problem).errors.some(({ field }) => !SHOWN.test(field))) setShowsRules(true);
      applyFieldErrors(form, problem);
    },
  });
  const margin = useMarginWords(create.error);
  const submit = (state: Schemas["OfferState"]) =>
    form.onSubmit(() => create.mutate({ state, words: margin.sent }), goToFirstError)();
  return (
    <Page title={t("editor.new_title")} subtitle={t("editor.new_subtitle")}>
      <UnsavedGuard when={form.isDirty() && !isDone} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit("active");
        }}
      >
        <Stack gap="md" maw={960}>
          <FormError error={create.error} />
          {margin.field}
          <Card title={t("editor.who")}>
            <div className={classes.fields}>
              <AdvertiserPicker
                value={form.values.advertiser_id}
                onChange={(id) => form.setFieldValue("advertiser_id", id)}
                error={form.errors.advertiser_id}
              />
              <Select
                label={t("editor.currency")}
                description={t("editor.currency_help")}
                data={currencies}
                required
                searchable
                allowDeselect={false}
                {...form.getInputProps("currency")}
              />
            </div>
            <BasicFields form={form} />
          </Card>
          <Card title={t("editor.where")}>
            <TextInput
              type="url"
              label={t("editor.landing_url")}
              description={t("editor.landing_url_help")}
              placeholder="https://shop.example/?click_id={click_id}"
              required
              {...form.getInputProps("landing_url")}
            />
          </Card>
          <Card title={t("editor.goals")} hint={t("editor.goals_hint")}>
            <GoalList form={form} />
          </Card>
          <Button
            variant="subtle"
            color="gray"
            onClick={() => setShowsRules(!showsRules)}
            aria-expanded={showsRules}
            rightSection={<IconChevronDown size={16} aria-hidden />}
            style={{ alignSelf: "flex-start" }}
          >
            {showsRules ? t("editor.fewer_rules") : t("editor.more_rules")}
          </Button>
          <Collapse expanded={showsRules}>
            <Stack gap="md">
              <Card title={t("rules.clocks")}>
                <ClockFields form={form} />
              </Card>
              <Card title={t("rules.routing")}>
                <RoutingFields form={form} />
              </Card>
              <Card title={t("rules.traffic")} hint={t("rules.traffic_hint")}>
                <TrafficFields form={form} />
              </Card>
            </Stack>
          </Collapse>
          <div className={classes.saveBar}>
            <Button variant="subtle" color="gray" renderRoot={(props) => <Link to="/offers" {...props} />}>
              {t("editor.cancel")}
            </Button>
            <Button
              variant="default"
              onClick={() => submit("draft")}
              loading={create.isPending && create.variables.state === "draft"}
            >
              {t("editor.save_draft")}
            </Button>
            <Button type="submit" loading={create.isPending && create.variables.state === "active"}>
              {t("editor.create")}
            </Button>
          </div>
        </Stack>
      </form>
    </Page>
  );
}

/** Goals have fields that the form does not know by a path, so the first one marked on the page is looked for. */
function goToFirstError() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus());
}
