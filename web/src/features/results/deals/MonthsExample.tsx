import { SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "~/features/plans/plans.module.css";
import { MoneyInput } from "~/ui/FigureInputs";
import { currencyDigits, useFormat } from "~/ui/format";
import { type Agreed, settle } from "../settle";

/** Net revenue of three months in a row, in whole units: a negative one, one that makes up for a part, and a good one. */
const EXAMPLE = [-1_000, 400, 2_000];

/** What three months would earn, with the figures to try others. */
export function MonthsExample({ agreed, currency }: { agreed: Agreed; currency: string }) {
  const { t } = useTranslation("results");
  const { money } = useFormat();
  const one = 10 ** currencyDigits(currency);
  const [nets, setNets] = useState(() => EXAMPLE.map((units) => units * one));
  const amount = (minor: number) => money({ minor, currency });
  return (
    <Stack gap="xs">
      <Text fw={600}>{t("months_example")}</Text>
      <SimpleGrid cols={3}>
        {nets.map((net, index) => (
          <MoneyInput
            // biome-ignore lint/suspicious/noArrayIndexKey: the months stand in their order and none goes
            key={index}
            label={t("months_example_net", { number: index + 1 })}
            currency={currency}
            value={net}
            onChange={(typed) => setNets(nets.map((old, place) => (place === index ? (typed ?? 0) : old)))}
            allowNegative
          />
        ))}
      </SimpleGrid>
      <output className={classes.example} aria-label={t("months_example")}>
        {settle(agreed, nets).map(({ base, earned, carried }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <span key={index}>
            {t("months_example_earns", { number: index + 1, earned: amount(earned), base: amount(base) })}
            {carried < 0 && ` ${t("months_example_carried", { amount: amount(carried) })}`}
          </span>
        ))}
      </output>
    </Stack>
  );
}
