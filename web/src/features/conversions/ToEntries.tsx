import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** A link to what the book says of a conversion. */
export function ToEntries({ conversionId }: { conversionId: string }) {
  const { t } = useTranslation("journal");
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => <Link to="/journal" search={{ conversion: conversionId } as never} {...props} />}
    >
      {t("entry.story_of_conversion")}
    </Anchor>
  );
}
