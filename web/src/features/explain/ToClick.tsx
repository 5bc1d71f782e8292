import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** A link to a click's page. */
export function ToClick({ id }: { id: string }) {
  const { t } = useTranslation("explain");
  return (
    <Anchor
      fz="sm"
      renderRoot={(props) => <Link to="/clicks/$clickId" params={{ clickId: id }} {...props} />}
    >
      {t("to_click")}
    </Anchor>
  );
}
