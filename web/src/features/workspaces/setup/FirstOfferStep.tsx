import { Button, Input, Paper, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { exampleEarnings, exampleSale, type Pay, readEffect } from "../firstOffer";
import type { SetUp } from "./useSetUp";

export function FirstOfferStep({ setUp }: { setUp: SetUp }) {
  const { t } = useTranslation("workspaces");
  const { offer, makeOffer, goHome } = setUp;
  const currency = setUp.workspace.values.reporting_currency;
  const isPercent = offer.values.pay === "percent";
  return (
    <form noValidate onSubmit={offer.onSubmit(() => makeOffer.mutate())}>
      <Stack gap="md">
        <FormError error={makeOffer.error} />
        <TextInput
          label={t("set_up.advertiser")}
          description={t("set_up.advertiser_help")}
          required
          autoFocus
          {...offer.getInputProps("advertiser_name")}
        />
        <TextInput
          label={t("set_up.offer_name")}
          description={t("set_up.offer_name_help")}
          required
          {...offer.getInputProps("offer_name")}
        />
        <TextInput
          label={t("set_up.landing")}
          description={t("set_up.landing_help")}
          placeholder="https://shop.example/spring"
          inputMode="url"
          required
          {...offer.getInputProps("landing_url")}
        />
        <Input.Wrapper label={t("set_up.pay")} labelElement="div">
          <SegmentedControl
            fullWidth
            aria-label={t("set_up.pay")}
            data={[
              { value: "percent", label: t("set_up.pay_percent") },
              { value: "sale", label: t("set_up.pay_sale") },
              { value: "lead", label: t("set_up.pay_lead") },
            ]}
            value={offer.values.pay}
            onChange={(pay) => offer.setFieldValue("pay", pay as Pay)}
          />
        </Input.Wrapper>
        <TextInput
          label={isPercent ? t("set_up.percent") : t("set_up.amount", { currency })}
          inputMode="decimal"
          required
          rightSection={isPercent ? "%" : currency}
          rightSectionWidth={isPercent ? 36 : 56}
          {...offer.getInputProps("rate")}
        />
        <Example setUp={setUp} />
        <Text fz="sm" c="dimmed">
          {t("set_up.visible")}
        </Text>
        <Button type="submit" size="md" loading={makeOffer.isPending}>
          {t("set_up.make_offer")}
        </Button>
        <Button variant="subtle" color="gray" onClick={goHome}>
          {t("set_up.skip")}
        </Button>
      </Stack>
    </form>
  );
}

function Example({ setUp }: { setUp: SetUp }) {
  const { t } = useTranslation("workspaces");
  const { money } = useFormat();
  const { pay, rate } = setUp.offer.values;
  const currency = setUp.workspace.values.reporting_currency;
  const sale = exampleSale(currency);
  const effect = readEffect(pay, rate, currency);
  const earned = effect && money(exampleEarnings(effect, sale));
  const sentence =
    pay === "lead"
      ? t("set_up.example_lead", { earned: earned ?? "…" })
      : t("set_up.example_sale", { sale: money(sale), earned: earned ?? "…" });
  return (
    <Paper bg="var(--mantine-primary-color-light)" p="sm" aria-live="polite">
      <Text fz="sm">{sentence}</Text>
    </Paper>
  );
}
