import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  /** What is looked for, as the label says it. */
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

const TYPING_PAUSE_MS = 250;

/** Text to look for in a list; the address follows a moment after the typing. */
export function SearchBox({ label, value, onChange }: Props) {
  const { t } = useTranslation("offers");
  const [text, setText] = useState(value ?? "");
  const told = useRef(value ?? "");
  const tell = useDebouncedCallback((typed: string) => {
    told.current = typed.trim();
    onChange(told.current || undefined);
  }, TYPING_PAUSE_MS);
  useEffect(() => {
    // The address changed by another hand: a cleared filter, the browser's back.
    if ((value ?? "") === told.current) return;
    told.current = value ?? "";
    setText(value ?? "");
  }, [value]);
  const type = (typed: string) => {
    setText(typed);
    tell(typed);
  };
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text ? <CloseButton size="sm" aria-label={t("clear_search")} onClick={() => type("")} /> : null
      }
      w={{ base: "100%", xs: 240 }}
    />
  );
}
