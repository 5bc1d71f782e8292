import { Button, Collapse, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { COUNTRY_CODES } from "~/domain/targeting/countryCodes";
import { useWords } from "~/domain/words";
import { usePartnerOptions } from "~/features/conversions/options";
import { Card } from "~/features/offers/editor/Card";
import { TRAFFIC_TYPES } from "~/features/offers/model";
import { useEnrollments } from "~/features/offers/queries";
import { MoneyInput } from "~/ui/FigureInputs";
import { useFormat } from "~/ui/format";
import { ErrorState } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { type TryCase, tryPlan } from "../draft/api";
import { exampleSale } from "../effect";
import type { Sides } from "../shapes";
import type { Speaker } from "../words/speaker";
import { Outcome } from "./Outcome";

interface Props {
  offer: Schemas["OfferOut"];
  draftId: string | undefined;
  /** Changes when the draft does. */
  stamp: string;
  sides: Sides;
  speaker: Speaker;
}

/** What one conversion would earn now, by which rule, and why the others did not win. */
export function LiveExample({ offer, draftId, stamp, sides, speaker }: Props) {
  const { t } = useTranslation("plan_editor");
  const enrolled = useEnrollments({ offer_id: offer.id });
  const first = enrolled.rows[0]?.partner_id;
  const [asked, setAsked] = useState<Partial<TryCase>>({
    amount_minor: exampleSale(offer.currency),
    goal_id: offer.goals[0]?.id,
  });
  const partner = asked.partner_id ?? first;
  const question = { amount_minor: 0, ...asked, partner_id: partner ?? "" };
  const trial = useQuery({
    queryKey: ["plan-try", offer.id, draftId, stamp, question],
    queryFn: () => tryPlan(offer.id, draftId, question),
    enabled: partner !== undefined,
    placeholderData: keepPreviousData,
  });
  return (
    <Card title={t("example.title")}>
      <Stack gap="sm">
        <CaseFields
          offer={offer}
          asked={question}
          names={speaker.names}
          onChange={(change) => setAsked((before) => ({ ...before, ...change }))}
        />
        {!partner && enrolled.state === "ready" && <Text c="dimmed">{t("example.nobody")}</Text>}
        {partner && trial.isPending && <SkeletonLines lines={4} />}
        {trial.error && <ErrorState error={trial.error} onRetry={() => void trial.refetch()} />}
        {trial.data && partner && !trial.error && (
          <Outcome
            trial={trial.data}
            sides={sides}
            speaker={speaker}
            amountMinor={question.amount_minor}
            goal={speaker.names[question.goal_id ?? ""] ?? ""}
            partner={speaker.names[partner] ?? partner}
          />
        )}
      </Stack>
    </Card>
  );
}

interface FieldsProps {
  offer: Schemas["OfferOut"];
  asked: TryCase;
  names: Readonly<Record<string, string>>;
  onChange: (change: Partial<TryCase>) => void;
}

/** What the conversion is like: the usual first, the rest on demand. */
function CaseFields({ offer, asked, names, onChange }: FieldsProps) {
  const { t } = useTranslation("plan_editor");
  const { language } = useFormat();
  const word = useWords();
  const partners = usePartnerOptions();
  const [isWhole, setWhole] = useState(false);
  const countries = new Intl.DisplayNames([language], { type: "region", fallback: "code" });
  const isListed = !asked.partner_id || partners.options.some(({ value }) => value === asked.partner_id);
  const chosen = { value: asked.partner_id, label: names[asked.partner_id] ?? asked.partner_id };
  return (
    <>
      <Select
        label={t("condition.partner")}
        data={isListed ? partners.options : [chosen, ...partners.options]}
        value={asked.partner_id || null}
        onChange={(partner_id) => onChange({ partner_id: partner_id ?? undefined })}
        onSearchChange={partners.search}
        searchable
      />
      <Group grow align="flex-end">
        <Select
          label={t("condition.goal")}
          data={offer.goals.map(({ id, name }) => ({ value: id, label: name }))}
          value={asked.goal_id ?? null}
          onChange={(goal_id) => onChange({ goal_id: goal_id ?? undefined })}
          allowDeselect={false}
        />
        <MoneyInput
          label={t("condition.amount")}
          currency={offer.currency}
          value={asked.amount_minor}
          onChange={(minor) => onChange({ amount_minor: minor ?? 0 })}
        />
      </Group>
      <Select
        label={t("condition.countries")}
        data={COUNTRY_CODES.map((code) => ({ value: code, label: countries.of(code) ?? code }))}
        value={asked.country ?? null}
        onChange={(country) => onChange({ country: country ?? undefined })}
        searchable
        clearable
      />
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        mih={32}
        style={{ alignSelf: "flex-start" }}
        aria-expanded={isWhole}
        onClick={() => setWhole(!isWhole)}
      >
        {isWhole ? t("example.less") : t("example.more")}
      </Button>
      <Collapse expanded={isWhole}>
        <Stack gap="sm">
          <Select
            label={t("condition.traffic")}
            data={TRAFFIC_TYPES.map((type) => ({ value: type, label: word("traffic_type", type) }))}
            value={asked.traffic_type ?? null}
            onChange={(type) => onChange({ traffic_type: type ?? undefined })}
            clearable
          />
          <Select
            label={t("condition.customer")}
            data={[
              { value: "new", label: t("customer.new") },
              { value: "returning", label: t("customer.returning") },
            ]}
            value={asked.customer ?? null}
            onChange={(customer) => onChange({ customer: (customer ?? undefined) as TryCase["customer"] })}
            clearable
          />
          <TextInput
            label={t("condition.coupons")}
            value={asked.coupon ?? ""}
            onChange={(event) => onChange({ coupon: event.currentTarget.value || undefined })}
          />
        </Stack>
      </Collapse>
    </>
  );
}
