import { useTranslation } from "react-i18next";
import classes from "./conversions.module.css";

/** What a sender said, word for word; secrets were not kept. */
export function Parameters({ params }: { params: readonly (readonly string[])[] }) {
  const { t } = useTranslation("conversions");
  if (params.length === 0) return <span>{t("receipt.no_parameters")}</span>;
  return (
    <table className={classes.parameters} aria-label={t("receipt.parameters")}>
      <tbody translate="no">
        {params.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
