import { Button, NumberInput, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import classes from "~/features/plans/plans.module.css";
import { useCurrencyOptions } from "~/features/workspaces/currencies";
import { MoneyInput } from "~/ui/FigureInputs";
import { FormDrawer } from "~/ui/FormDrawer";
import { currencyDigits, useFormat } from "~/ui/format";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { type FormulaTerm, netRevenue } from "../formula";
import { MONEY_FIGURES, type MoneyFigure } from "../model";
import { FormulaTermFields } from "./FormulaTermFields";
import { type Formula, formulaQuery } from "./queries";
import { draftsOf, isWhole, newTerm, termsOf, usualTerms } from "./termDraft";
import { useFormulaText } from "./useFormulaText";

const TERMS_MAX = 20;
const CLOSE_AFTER_DAYS_MAX = 60;
const CLOSE_AFTER_DAYS_USUAL = 5;

interface Props {
  brand: string;
  formula: Formula | null;
  onClose: () => void;
}

/** A brand's net revenue: terms that add up, worked out on figures while they are typed. */
export function FormulaDrawer({ brand, formula, onClose }: Props) {
  const { t } = useTranslation("results");
  const queries = useQueryClient();
  const { reporting_currency } = useMe().workspace;
  const [currency, setCurrency] = useState(formula?.currency ?? reporting_currency);
  const [drafts, setDrafts] = useState(() => (formula ? draftsOf(formula.terms) : usualTerms()));
  const [closeAfter, setCloseAfter] = useState<number | string>(
    formula ? (formula.close_after_days ?? "") : CLOSE_AFTER_DAYS_USUAL,
  );
  const terms = termsOf(drafts);
  const save = useMutation({
    mutationFn: async () => {
      const params = { path: { id: brand } };
      const body = { currency, terms, close_after_days: closeAfter === "" ? null : Number(closeAfter) };
      return bodyOf(await client.PUT("/v1/advertisers/{id}/net-revenue", { params, body }));
    },
    onSuccess: async (agreed) => {
      queries.setQueryData(formulaQuery(brand).queryKey, agreed);
      await queries.invalidateQueries({ queryKey: ["revenue-share"] });
      notifyDone(t("formula_agreed"));
      onClose();
    },
  });
  const errors = save.error ? fieldErrors(save.error) : {};
  return (
    <FormDrawer
      title={t("formula_title")}
      size="lg"
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={drafts.length > 0 && drafts.every(isWhole)}
      submitLabel={t("formula_agree")}
    >
      <Text size="sm" c="dimmed">
        {t("formula_help")}
      </Text>
      {drafts.map((draft, index) => (
        <FormulaTermFields
          key={draft.key}
          number={index + 1}
          draft={draft}
          error={errors[`terms.${index}`] ?? errors[`terms.${index}.percent`]}
          onChange={(after) => setDrafts(drafts.map((one) => (one.key === draft.key ? after : one)))}
          onRemove={
            drafts.length > 1 ? () => setDrafts(drafts.filter((one) => one.key !== draft.key)) : undefined
          }
        />
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={drafts.length >= TERMS_MAX}
        onClick={() => setDrafts([...drafts, newTerm(-100)])}
      >
        {t("term_add")}
      </Button>
      <FormulaExample terms={terms} currency={currency} />
      <CurrencyField
        value={currency}
        onChange={setCurrency}
        isFixed={formula !== null}
        error={errors.currency}
      />
      <NumberInput
        label={t("close_after")}
        description={t("close_after_help")}
        value={closeAfter}
        onChange={setCloseAfter}
        min={0}
        max={CLOSE_AFTER_DAYS_MAX}
        allowDecimal={false}
        error={errors.close_after_days}
      />
    </FormDrawer>
  );
}

interface CurrencyProps {
  value: string;
  onChange: (currency: string) => void;
  /** What was reported is in the one agreed first. */
  isFixed: boolean;
  error?: string;
}

function CurrencyField({ value, onChange, isFixed, error }: CurrencyProps) {
  const { t } = useTranslation("results");
  return (
    <Select
      label={t("currency")}
      description={t("currency_help")}
      data={useCurrencyOptions(value)}
      value={value}
      onChange={(chosen) => chosen && onChange(chosen)}
      disabled={isFixed}
      error={error}
      allowDeselect={false}
      searchable
    />
  );
}

/** Figures of a customer's month, in whole units. */
const EXAMPLE: Record<MoneyFigure, number> = {
  deposits: 500,
  bets: 2_000,
  wins: 1_600,
  bonus: 50,
  chargeback: 20,
  fees: 15,
  tax: 10,
};

/** Figures that can be changed, and what the formula makes of them. */
function FormulaExample({ terms, currency }: { terms: readonly FormulaTerm[]; currency: string }) {
  const { t } = useTranslation("results");
  const word = useWords();
  const { money } = useFormat();
  const inWords = useFormulaText();
  const [units, setUnits] = useState(EXAMPLE);
  const one = 10 ** currencyDigits(currency);
  const minor = (figure: MoneyFigure) => Math.round(units[figure] * one);
  const figures = Object.fromEntries(MONEY_FIGURES.map((figure) => [figure, minor(figure)]));
  const named = new Set(terms.flatMap(({ plus = [], minus = [] }) => [...plus, ...minus]));
  const asked = MONEY_FIGURES.filter((figure) => named.has(figure));
  const net = netRevenue(terms, figures);
  return (
    <Stack gap="xs">
      <Text fw={600}>{t("example")}</Text>
      <SimpleGrid cols={{ base: 2, sm: 3 }}>
        {asked.map((figure) => (
          <MoneyInput
            key={figure}
            label={word("result_figure", figure)}
            currency={currency}
            value={minor(figure)}
            onChange={(typed) => setUnits({ ...units, [figure]: (typed ?? 0) / one })}
            allowNegative
          />
        ))}
      </SimpleGrid>
      <output className={classes.example} aria-label={t("example")}>
        {terms.length === 0 ? (
          t("example_incomplete")
        ) : (
          <span>
            {inWords(terms)} = <b className="figures">{money({ minor: net, currency })}</b>
          </span>
        )}
        {net < 0 && <span>{t("example_negative")}</span>}
      </output>
    </Stack>
  );
}
