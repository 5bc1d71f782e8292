import { Button, Group, Stack, Text } from "@mantine/core";
import { IconEye, IconEyeOff, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { CopyButton } from "~/ui/Copyable";
import { notifyDone } from "~/ui/Toast";
import { masked } from "./connection";
import classes from "./conversions.module.css";
import { useRenewToken } from "./useConnection";

interface Props {
  advertiserId: string;
  token: string | undefined;
  isRevealed: boolean;
  onReveal: (isRevealed: boolean) => void;
}

/** The secret that tells whose calls these are. */
export function Token({ advertiserId, token, isRevealed, onReveal }: Props) {
  const { t } = useTranslation("conversions");
  const renew = useRenewToken(advertiserId);
  const [isAsking, setIsAsking] = useState(false);
  const make = async () => {
    await renew.mutateAsync();
    notifyDone(t("token.made"));
  };
  if (!token)
    return (
      <Stack gap="xs" align="flex-start">
        <Text>{t("token.none")}</Text>
        <Button onClick={() => void make()} loading={renew.isPending}>
          {t("token.make")}
        </Button>
      </Stack>
    );
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <code className={classes.token}>{isRevealed ? token : masked(token)}</code>
        <CopyButton text={token} label={t("token.copy")} />
        <Button
          variant="subtle"
          color="gray"
          leftSection={isRevealed ? <IconEyeOff size={16} /> : <IconEye size={16} />}
          onClick={() => onReveal(!isRevealed)}
        >
          {isRevealed ? t("token.hide") : t("token.reveal")}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconRefresh size={16} />}
          onClick={() => setIsAsking(true)}
        >
          {t("token.renew")}
        </Button>
      </Group>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("token.renew_title")}
        confirmLabel={t("token.renew")}
        danger
        onConfirm={make}
      >
        {t("token.renew_text")}
      </ConfirmDialog>
    </Stack>
  );
}
