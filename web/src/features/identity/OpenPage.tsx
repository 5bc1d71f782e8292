import { Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { FormatContext } from "~/ui/format-context";

interface Props {
  title: string;
  text?: ReactNode;
  children?: ReactNode;
}

/** The card of a page that needs no login. */
export function OpenPage({ title, text, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Tributary`;
  }, [title]);
  const { i18n } = useTranslation();
  // Whoever is not signed in has no workspace yet, so that the browser's zone is the one they read in.
  const format = useMemo(
    () => ({ language: i18n.language, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    [i18n.language],
  );
  return (
    <FormatContext.Provider value={format}>
      <Stack gap="lg">
        <Stack gap={6}>
          <Title order={1}>{title}</Title>
          {text && (
            <Text c="dimmed" component="div">
              {text}
            </Text>
          )}
        </Stack>
        {children}
      </Stack>
    </FormatContext.Provider>
  );
}
