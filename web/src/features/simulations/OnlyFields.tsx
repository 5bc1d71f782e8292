import { MultiSelect, Stack, TagsInput, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { COUNTRY_CODES } from "~/domain/targeting/countryCodes";
import { usePartnerOptions } from "~/features/conversions/options";
import { useFormat } from "~/ui/format";

export type Only = Schemas["TriedOnly"];

interface Props {
  only: Only;
  onChange: (only: Only) => void;
}

/** Which conversions of the window are meant, where not all are. */
export function OnlyFields({ only, onChange }: Props) {
  const { t } = useTranslation("simulations");
  const { language } = useFormat();
  const names = new Intl.DisplayNames([language], { type: "region", fallback: "code" });
  const countries = COUNTRY_CODES.map((code) => ({ value: code, label: names.of(code) ?? code }));
  countries.sort((one, other) => one.label.localeCompare(other.label, language));
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("start.some_hint")}
      </Text>
      <PartnersField only={only} onChange={onChange} />
      <MultiSelect
        label={t("start.countries")}
        data={countries}
        value={only.countries ?? []}
        onChange={(chosen) => onChange({ ...only, countries: chosen })}
        searchable
        hidePickedOptions
      />
      <TagsInput
        label={t("start.sources")}
        description={t("start.sources_hint")}
        value={only.sources ?? []}
        onChange={(sources) => onChange({ ...only, sources })}
      />
    </Stack>
  );
}

/** Partners found by a part of the name; those chosen stay named when the search goes on. */
function PartnersField({ only, onChange }: Props) {
  const { t } = useTranslation("simulations");
  const { options, search } = usePartnerOptions();
  const [known, setKnown] = useState<typeof options>([]);
  const chosen = only.partners ?? [];
  const listed = new Set(options.map(({ value }) => value));
  const others = known.filter(({ value }) => chosen.includes(value) && !listed.has(value));
  const choose = (partners: string[]) => {
    setKnown([...options, ...others].filter(({ value }) => partners.includes(value)));
    onChange({ ...only, partners });
  };
  return (
    <MultiSelect
      label={t("start.partners")}
      data={[...others, ...options]}
      value={chosen}
      onChange={choose}
      onSearchChange={search}
      searchable
      hidePickedOptions
    />
  );
}
