import { ActionIcon, Avatar, Menu, SegmentedControl, Text, useMantineColorScheme } from "@mantine/core";
import { IconKeyboard, IconLogout, IconUser } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { Problem } from "~/api/problem";
import { chooseWorkspace } from "~/api/session";
import { useMe } from "~/domain/person";
import { refusalText } from "~/domain/refusals";
import { LANGUAGE_NAMES, LANGUAGES, type Language, speak } from "~/i18n";
import { notifyFailed } from "~/ui/Toast";

/** The person: profile, language, theme, keys, the way out. */
export function PersonMenu({ onHelp }: { onHelp: () => void }) {
  const { t, i18n } = useTranslation("frame");
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const changeLanguage = useLanguageChange();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={260} closeOnItemClick>
      <Menu.Target>
        <ActionIcon variant="transparent" size={36} aria-label={t("person_menu")}>
          <Avatar size={32} radius="xl" color="river" variant="light" name={me.name || me.email} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fz="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {me.name}
          </Text>
          <Text fz="xs" truncate>
            {me.email}
          </Text>
        </Menu.Label>
        <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={16} aria-hidden />}>
          {t("profile")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("language")}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          mx="xs"
          mb="xs"
          aria-label={t("language")}
          value={i18n.language}
          onChange={(language) => changeLanguage(language as Language)}
          data={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
        />
        <Menu.Label>{t("theme.title")}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          mx="xs"
          mb="xs"
          aria-label={t("theme.title")}
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as "light" | "dark" | "auto")}
          data={[
            { value: "light", label: t("theme.light") },
            { value: "dark", label: t("theme.dark") },
            { value: "auto", label: t("theme.system") },
          ]}
        />
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onHelp}>
          {t("keys.title")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          {t("sign_out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Speaks the language here at once and remembers it for letters and other devices. */
function useLanguageChange(): (language: Language) => void {
  const remember = useMutation({
    mutationFn: (language: Language) => client.PATCH("/v1/me", { body: { language } }),
    onError: (thrown) => notifyFailed(refusalText(Problem.of(thrown))),
  });
  return (language) => {
    void speak(language, true);
    remember.mutate(language);
  };
}

function useSignOut(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: () => client.DELETE("/v1/session"),
    onError: (thrown) => notifyFailed(refusalText(Problem.of(thrown))),
    onSuccess: async () => {
      chooseWorkspace(null);
      await navigate({ to: "/sign-in" });
      queries.clear();
    },
  });
  return () => leave.mutate();
}
