namespace OxyPlot;

/// <summary>What an exporter can write.</summary>
public interface IPlotModel
{
    OxyColor Background { get; }
}

/// <summary>Writes a plot in one file format.</summary>
public interface IExporter
{
    void Export(IPlotModel model, Stream stream);
}
