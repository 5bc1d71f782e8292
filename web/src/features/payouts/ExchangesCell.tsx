import { Stack, Text } from "@mantine/core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useWords } from "~/domain/words";
import { NOTHING, useFormat } from "~/ui/format";

type Exchanged = Schemas["ExchangedOut"];

const RATE_DIGITS = 8;

/** What was payable in another currency, what is paid for it, by which rate: each exchange a sentence. */
export function useExchangeText(): (one: Exchanged) => string {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const { money, number, date } = useFormat();
  return useCallback(
    ({ sold, bought, rate, day, source }) =>
      t("exchange", {
        sold: money(sold),
        bought: money(bought),
        rate: number(Number(rate), { maximumFractionDigits: RATE_DIGITS }),
        source: word("rate_source", source),
        day: date(day),
      }),
    [t, word, money, number, date],
  );
}

/** The exchanges that are in an amount. */
export function ExchangesCell({ exchanges }: { exchanges: readonly Exchanged[] }) {
  const text = useExchangeText();
  if (exchanges.length === 0) return NOTHING;
  return (
    <Stack gap={0}>
      {exchanges.map((one) => (
        <Text key={`${one.sold.currency} ${one.day}`} span size="sm" title={text(one)} truncate>
          {text(one)}
        </Text>
      ))}
    </Stack>
  );
}
