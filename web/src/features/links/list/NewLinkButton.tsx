import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

interface Props {
  /** Chosen beforehand. */
  partnerId?: string;
}

export function NewLinkButton({ partnerId }: Props) {
  const { t } = useTranslation("links");
  return (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      renderRoot={(props) => (
        <Link to="/links" search={{ new: true, partner: partnerId } as never} {...props} />
      )}
    >
      {t("list.new")}
    </Button>
  );
}
