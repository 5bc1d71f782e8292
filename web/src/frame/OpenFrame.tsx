import { Anchor, Box, Group, Stack, Text } from "@mantine/core";
import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { LANGUAGE_NAMES, LANGUAGES, speak } from "~/i18n";
import { Mark } from "./Mark";
import classes from "./OpenFrame.module.css";

/** The frame of pages that need no login: the mark, a card, the languages. */
export default function OpenFrame() {
  const { i18n } = useTranslation("frame");
  return (
    <Box className={classes.ground}>
      <Stack gap="lg" w="100%" maw={440} component="main">
        <Group gap="sm" justify="center">
          <Mark size={34} />
          <Text fw={650} fz={22}>
            Tributary
          </Text>
        </Group>
        <Box className={classes.card}>
          <Outlet />
        </Box>
        <Group gap="md" justify="center">
          {LANGUAGES.map((language) => (
            <Anchor
              key={language}
              component="button"
              type="button"
              fz="sm"
              c={i18n.language === language ? "var(--mantine-color-text)" : "dimmed"}
              fw={i18n.language === language ? 600 : 400}
              aria-pressed={i18n.language === language}
              lang={language}
              className={classes.language}
              onClick={() => void speak(language, true)}
            >
              {LANGUAGE_NAMES[language]}
            </Anchor>
          ))}
        </Group>
      </Stack>
    </Box>
  );
}
