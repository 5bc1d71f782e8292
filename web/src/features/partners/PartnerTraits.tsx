import { Autocomplete, Select, TagsInput, TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { LANGUAGE_NAMES } from "~/i18n";
import { LETTER_LANGUAGES } from "./model";

interface Props {
  groups: readonly string[];
  inputOf: (field: "group" | "tags" | "language" | "country") => GetInputPropsReturnType;
}

/** Where a partner belongs and how it is written to: the same for one to be and one there is. */
export function PartnerTraits({ groups, inputOf }: Props) {
  const { t } = useTranslation("partners");
  return (
    <>
      <Autocomplete
        label={t("list.group")}
        description={t("new.group_help")}
        data={[...groups]}
        {...inputOf("group")}
      />
      <TagsInput label={t("list.tags")} acceptValueOnBlur {...inputOf("tags")} />
      <Select
        label={t("new.language")}
        description={t("new.language_help")}
        data={LETTER_LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
        allowDeselect={false}
        {...inputOf("language")}
      />
      <TextInput
        label={t("new.country")}
        description={t("new.country_help")}
        maxLength={2}
        w={140}
        {...inputOf("country")}
      />
    </>
  );
}
