import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCountryName } from "~/domain/countries";
import { useWords } from "~/domain/words";
import { Copyable } from "~/ui/Copyable";
import { KeyValues } from "~/ui/KeyValues";
import { When } from "~/ui/When";
import { type ConversionDetail, nameOf } from "./model";

/** The click the conversion came from. */
export function ClickFactsList({ conversion }: { conversion: ConversionDetail }) {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const country = useCountryName();
  const { click, names } = conversion;
  if (!conversion.click_id && !conversion.click_time) return <Text c="dimmed">{t("click.none")}</Text>;
  const subs = (click.subs ?? []).flatMap((value, place) =>
    value ? [{ label: t("click.sub", { place: place + 1 }), value }] : [],
  );
  const known = (label: string, value: string | undefined) => (value ? [{ label, value }] : []);
  return (
    <KeyValues
      items={[
        { label: t("click.time"), value: <When value={conversion.click_time} as="time" /> },
        ...known(t("click.link"), nameOf(names, conversion.link_id)),
        { label: t("click.traffic_type"), value: word("traffic_type", conversion.traffic_type) },
        ...known(t("click.country"), click.country && country(click.country)),
        ...known(t("click.source"), click.source_id),
        ...subs,
        ...(conversion.click_id
          ? [{ label: t("click.id"), value: <Copyable text={conversion.click_id} mono /> }]
          : []),
      ]}
    />
  );
}
