import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { MODES, type SmartMode } from "./queries";

interface Props {
  value: SmartMode;
  onChange: (mode: SmartMode) => void;
}

/** How a smart link chooses, with what that means. */
export function ModeField({ value, onChange }: Props) {
  const { t } = useTranslation("smart");
  const word = useWords();
  return (
    <Select
      label={t("edit.mode")}
      description={word("smart_mode_meaning", value)}
      data={MODES.map((mode) => ({ value: mode, label: word("smart_mode", mode) }))}
      value={value}
      onChange={(mode) => mode && onChange(mode as SmartMode)}
      allowDeselect={false}
    />
  );
}
