import { Button, Center, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** What stands at an address that holds nothing for this person. */
export function MissingPage() {
  const { t } = useTranslation("frame");
  return (
    <Center mih="60vh" p="md">
      <Stack align="center" gap="sm" maw={420}>
        <Text fz={40} fw={650} c="dimmed" className="figures">
          404
        </Text>
        <Title order={1}>{t("missing.title")}</Title>
        <Text c="dimmed" ta="center">
          {t("missing.text")}
        </Text>
        <Button component={Link} to="/" mt="sm">
          {t("to_home")}
        </Button>
      </Stack>
    </Center>
  );
}
